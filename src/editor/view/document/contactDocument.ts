import * as vscode from "vscode";
import type { WireRecord } from "../../../dialler/api/record/wire";
import * as l10n from "../../../l10n";
import { documentScheme } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { commonOrder, documentText, historyMembers, identifyingMembers } from "./recordText";

/** The contact that a document shows. The base URL identifies the server; the name of the endpoint is only shown. */
export interface DocumentKey {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly id: number;
}

/** Which part of the contact a document shows. */
export type DocumentKind = "record" | "history";

/** The tab that the next preview replaces, the same without taking the focus (`beside`), or one that stays. */
export type TabKind = "preview" | "beside" | "kept";

/** The records that were opened, as read-only JSON documents. */
export class ContactDocuments implements vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();
  /** The order of members in documents that are compared with another one, by URI. */
  readonly #orders = new Map<string, readonly string[]>();
  #shown = 0;
  readonly #registered: vscode.Disposable[];

  constructor(readonly redact: (text: string) => string) {
    this.#registered = [
      vscode.workspace.registerTextDocumentContentProvider(documentScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#texts.delete(uri.toString());
        this.#orders.delete(uri.toString());
      }),
    ];
  }

  /** Shows a record; a document that already shows this contact is updated. */
  async show(key: DocumentKey, record: WireRecord, tab: TabKind = "preview"): Promise<void> {
    await this.#open(this.#hold(key, "record", record), tab);
  }

  /** Shows only the identifying members, the result and the history of a record. */
  async showHistory(key: DocumentKey, record: WireRecord): Promise<void> {
    const members = Object.entries(record).filter(
      ([name]) => identifyingMembers.includes(name) || historyMembers.includes(name),
    );
    const order = [...identifyingMembers, ...historyMembers];
    await this.#open(this.#hold(key, "history", Object.fromEntries(members), order));
  }

  /** Shows two records side by side, their members in one order so that only differences stand out. */
  async compare(
    [left, right]: readonly [DocumentKey, DocumentKey],
    records: readonly [WireRecord, WireRecord],
    title: string,
  ): Promise<void> {
    const order = commonOrder(records);
    for (const key of [left, right]) this.#orders.set(uriOf(key, "record").toString(), order);
    const uris = [this.#hold(left, "record", records[0]), this.#hold(right, "record", records[1])];
    await vscode.commands.executeCommand("vscode.diff", ...uris, title, { preview: true });
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

  /** A tab that VS Code restored has no record, and nothing is requested before the person presses Refresh. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const text = this.#texts.get(uri.toString());
    if (text !== undefined) return text;
    // A preview or a report cannot be read again.
    if (documentKeyOf(uri) === undefined)
      return l10n.t("This text is no longer kept. Run its command again.");
    return `${JSON.stringify({ note: l10n.t("Press Refresh to read this contact.") }, null, 2)}\n`;
  }

  dispose(): void {
    this.#changed.dispose();
    for (const registered of this.#registered) registered.dispose();
  }

  #hold(
    key: DocumentKey,
    kind: DocumentKind,
    record: WireRecord,
    order = this.#orders.get(uriOf(key, kind).toString()),
  ): vscode.Uri {
    const uri = uriOf(key, kind);
    this.#texts.set(uri.toString(), documentText(record, this.redact, order));
    this.#changed.fire(uri);
    return uri;
  }

  async #open(uri: vscode.Uri, tab: TabKind = "preview"): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      preview: tab !== "kept",
      preserveFocus: tab === "beside",
    });
  }
}

function uriOf({ endpoint, baseUrl, id }: DocumentKey, kind: DocumentKind): vscode.Uri {
  const name = plainText(endpoint, 40).replace(/[/\\?#%]/g, "_");
  const file = kind === "record" ? `${id}.json` : `${id}.history.json`;
  return vscode.Uri.from({ scheme: documentScheme, path: `/${name}/${file}`, query: baseUrl });
}

/** What one of our documents shows; undefined for any other document. */
export function documentKeyOf(
  uri: vscode.Uri,
): { readonly key: DocumentKey; readonly kind: DocumentKind } | undefined {
  const [, endpoint, file] = uri.path.split("/");
  const [, id, history] = /^([1-9][0-9]*)(\.history)?\.json$/.exec(file ?? "") ?? [];
  if (uri.scheme !== documentScheme || endpoint === undefined || id === undefined) return undefined;
  const key = { endpoint, baseUrl: uri.query, id: Number(id) };
  return { key, kind: history === undefined ? "record" : "history" };
}
