import * as vscode from "vscode";
import type { WireRecord } from "../api/wire";
import * as l10n from "../l10n";
import { documentScheme } from "../manifest";
import { plainText } from "./plainText";

/** Which record a document shows. The endpoint is named for the eye, the base URL decides. */
export interface DocumentKey {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly id: number;
}

/** The members that say which contact it is; then come those with a value, then the empty ones. */
const first = ["ID", "UserData", "Name", "FirstName", "Company", "DiallerCampaignsID"];

/** The records that were opened, as read-only JSON documents. */
export class ContactDocuments implements vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();
  #shown = 0;
  readonly #registered: vscode.Disposable[];

  constructor(readonly redact: (text: string) => string) {
    this.#registered = [
      vscode.workspace.registerTextDocumentContentProvider(documentScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  /** Shows a record; a document of it that is already open takes over the record. */
  async show(key: DocumentKey, record: WireRecord): Promise<void> {
    const uri = uriOf(key);
    this.#texts.set(uri.toString(), documentText(record, this.redact));
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Shows a text of ours beside the records: read-only, and gone when its tab is closed. */
  async showText(title: string, text: string, kind: "txt" | "md" = "txt"): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: documentScheme,
      path: `/${title}.${kind}`,
      query: String(++this.#shown),
    });
    this.#texts.set(uri.toString(), this.redact(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** A tab that VS Code restored knows no record, and nothing is requested before somebody asks. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      `${JSON.stringify({ note: l10n.t("Press Refresh to read this contact.") }, null, 2)}\n`
    );
  }

  dispose(): void {
    this.#changed.dispose();
    for (const registered of this.#registered) registered.dispose();
  }
}

/** A record as JSON: identifying members first, every member kept, no token in any text. */
export function documentText(record: WireRecord, redact: (text: string) => string): string {
  const entries = Object.entries(record);
  const rank = ([name, value]: [string, unknown]): number => {
    if (first.includes(name)) return first.indexOf(name);
    return value === null || value === "" ? first.length + 1 : first.length;
  };
  const ordered = Object.fromEntries(entries.sort((a, b) => rank(a) - rank(b)));
  const clean = (_name: string, value: unknown): unknown =>
    typeof value === "string" ? redact(value) : value;
  return `${JSON.stringify(ordered, clean, 2)}\n`;
}

function uriOf({ endpoint, baseUrl, id }: DocumentKey): vscode.Uri {
  const name = plainText(endpoint, 40).replace(/[/\\?#%]/g, "_");
  return vscode.Uri.from({ scheme: documentScheme, path: `/${name}/${id}.json`, query: baseUrl });
}

/** Which record a document of ours shows; undefined for any other document. */
export function documentKeyOf(uri: vscode.Uri): DocumentKey | undefined {
  const [, endpoint, file] = uri.path.split("/");
  const id = /^([1-9][0-9]*)\.json$/.exec(file ?? "")?.[1];
  if (uri.scheme !== documentScheme || endpoint === undefined || id === undefined) return undefined;
  return { endpoint, baseUrl: uri.query, id: Number(id) };
}
