import * as vscode from "vscode";
import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { WireRecord } from "../../../dialler/api/record/wire";
import type { Connection } from "../../../dialler/endpoint/connect";
import type { EntryResult } from "../../../dialler/runs/outcome";
import * as l10n from "../../../l10n";
import { documentScheme, openDocumentsKeys } from "../../../manifest";
import { documentAddress, type DocumentKey, documentKeyOf, type DocumentKind } from "./documentKey";
import { type Absence, type Comparison, OpenRecords, type RecordPorts } from "./openRecords";
import { commonOrder } from "./recordOrder";
import { emptyTail } from "./recordText";
import { ResultWords } from "./resultWords";

/** Where a document opens. Left out: a preview tab with the focus. */
export interface ShowOptions {
  readonly preview?: boolean;
  readonly preserveFocus?: boolean;
}

/** The contacts that were opened, as read-only documents. */
export class ContactDocuments implements vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  /** Sent with the documents whose contact looks different now. */
  readonly #marked = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidMark = this.#marked.event;
  readonly #records: OpenRecords;
  readonly #results = new ResultWords();
  readonly #learned = new vscode.EventEmitter<void>();
  /** Sent when a record has said what a result code means. */
  readonly onDidLearnResult = this.#learned.event;
  /** Texts of ours that are no contact: previews and reports. */
  readonly #texts = new Map<string, string>();
  #shown = 0;
  readonly #registered: vscode.Disposable[];

  constructor(readonly ports: RecordPorts) {
    this.#records = new OpenRecords(ports);
    this.#registered = [
      vscode.workspace.registerTextDocumentContentProvider(documentScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#texts.delete(uri.toString());
        this.#records.forget(uri.toString());
        this.#tell();
      }),
      // VS Code keeps a document for minutes after its tab was closed.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#coverClosed(closed)),
    ];
  }

  /** Shows a record; a document that already shows this contact is updated. */
  async show(key: DocumentKey, record: WireRecord, options: ShowOptions = {}): Promise<void> {
    const uri = this.#hold(key, "record", record);
    const isOpen = isInTab(uri);
    const editor = await this.#open(uri, options);
    // Only once: what a person unfolded stays so.
    if (!isOpen) await foldEmptyTail(editor);
  }

  /** Shows the calls of a contact, or with `rawHistory` the members that the batch read adds. */
  async showHistory(key: DocumentKey, record: WireRecord, kind: DocumentKind = "history"): Promise<void> {
    await this.#open(this.#hold(key, kind, record));
  }

  /** Shows two records side by side, their members in one order so that only differences stand out. */
  async compare(
    [left, right]: readonly [DocumentKey, DocumentKey],
    records: readonly [WireRecord, WireRecord],
    title: string,
  ): Promise<void> {
    const order = commonOrder(records, this.ports.lockField());
    const uris = [
      this.#hold(left, "record", records[0], { order }),
      this.#hold(right, "record", records[1], { order, other: records[0] }),
    ];
    await vscode.commands.executeCommand("vscode.diff", ...uris, title, { preview: true });
  }

  /** Shows a text of ours beside the records: read-only, and gone when its tab is closed. */
  async showText(title: string, text: string, kind: "txt" | "md" = "txt"): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: documentScheme,
      path: `/${title}.${kind}`,
      query: String(++this.#shown),
    });
    this.#texts.set(uri.toString(), this.ports.redact(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Brings the open documents of a contact up to date without showing them. */
  update(key: DocumentKey, record: WireRecord): void {
    for (const uri of this.#records.urisOf(key)) {
      const kind = documentKeyOf(vscode.Uri.parse(uri, true))?.kind;
      if (kind === "record") this.#records.hold(uri, key, kind, record);
    }
    this.#redraw(this.#records.urisOf(key));
  }

  /** Shows a document whole until its tab is closed. Returns false if its record was not read. */
  reveal(uri: vscode.Uri): boolean {
    if (this.#records.contact(uri.toString()) === undefined) return false;
    this.#records.reveal(uri.toString());
    this.#redraw([uri.toString()]);
    return true;
  }

  /** The contact of a document as it was read; undefined if it was not read since VS Code started. */
  contact(uri: vscode.Uri): Contact | undefined {
    return this.#records.contact(uri.toString());
  }

  /** The whole record of a document as it was read; undefined as well for a history. */
  record(uri: vscode.Uri): WireRecord | undefined {
    return this.#records.record(uri.toString());
  }

  /** The name of a document's contact as it may be shown. */
  name(uri: vscode.Uri): string | undefined {
    return this.#records.name(uri.toString());
  }

  /** What a result code means, if a record of this server that was opened has said so. Raw text of the server. */
  resultWords(baseUrl: string, id: number): string | undefined {
    return this.#results.of(baseUrl, id);
  }

  absenceOf(key: DocumentKey): Absence | undefined {
    return this.#records.absenceOf(key);
  }

  /** The server says that there is no such contact. */
  markAbsent(key: DocumentKey): void {
    this.#records.markAbsent(key);
    this.#redraw(this.#records.urisOf(key));
  }

  /** Applies the results of an action to the open documents at once. */
  follow({ baseUrl, client }: Connection, change: Change, results: readonly EntryResult[]): void {
    if (results.length === 0) return;
    const { changed, reread } = this.#records.follow(baseUrl, change, results);
    this.#redraw(changed);
    for (const key of reread)
      client.getContact(key.id).then(
        (record) => this.update(key, record),
        // The document keeps its last state, and Refresh says what is wrong.
        () => undefined,
      );
  }

  /** Draws all documents again, because the mask or the lock member has changed. */
  redraw(): void {
    this.#redraw(this.#records.uris);
  }

  /** A tab that VS Code restored has no record, and nothing is requested before the person presses Refresh. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const text = this.#texts.get(uri.toString()) ?? this.#records.text(uri.toString());
    if (text !== undefined) return text;
    const shown = documentKeyOf(uri);
    // A preview or a report cannot be read again.
    if (shown === undefined) return l10n.t("This text is no longer kept. Run its command again.");
    const note = l10n.t("Press Refresh to read this contact.");
    return shown.kind === "history" ? `${note}\n` : `${JSON.stringify({ note }, null, 2)}\n`;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#learned.dispose();
    this.#marked.dispose();
    for (const registered of this.#registered) registered.dispose();
  }

  #hold(key: DocumentKey, kind: DocumentKind, record: WireRecord, comparison?: Comparison): vscode.Uri {
    const uri = vscode.Uri.from(documentAddress(key, kind));
    this.#records.hold(uri.toString(), key, kind, record, comparison);
    if (this.#results.note(key.baseUrl, record)) this.#learned.fire();
    this.#redraw(this.#records.urisOf(key));
    return uri;
  }

  #redraw(uris: readonly string[]): void {
    const parsed = uris.map((uri) => vscode.Uri.parse(uri, true));
    for (const uri of parsed) this.#changed.fire(uri);
    if (parsed.length > 0) this.#marked.fire(parsed);
    this.#tell();
  }

  /** Tells `when` clauses which buttons apply to which document. */
  #tell(): void {
    const uris = this.#records.uris;
    const where = (is: (uri: string) => boolean): string[] => uris.filter(is);
    const contacts = new Map(uris.map((uri) => [uri, this.#records.contact(uri)]));
    const told: [key: string, uris: string[]][] = [
      [openDocumentsKeys.locked, where((uri) => contacts.get(uri)?.lock === "locked")],
      [openDocumentsKeys.unlocked, where((uri) => contacts.get(uri)?.lock === "unlocked")],
      [openDocumentsKeys.linked, where((uri) => (contacts.get(uri)?.externalLink ?? "") !== "")],
      [openDocumentsKeys.covered, where((uri) => this.#records.isCovered(uri))],
      [openDocumentsKeys.absent, where((uri) => this.#records.isAbsent(uri))],
    ];
    for (const [key, list] of told) void vscode.commands.executeCommand("setContext", key, list);
  }

  #coverClosed(closed: readonly vscode.Tab[]): void {
    const uris = closed.flatMap(urisOfTab).filter((uri) => !isInTab(uri));
    const covered = uris.map((uri) => uri.toString()).filter((uri) => this.#records.cover(uri));
    if (covered.length > 0) this.#redraw(covered);
  }

  async #open(uri: vscode.Uri, options: ShowOptions = {}): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, { preview: true, ...options });
  }
}

/** A tab of a single document or of a comparison. */
function urisOfTab({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

function isInTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some((tab) => urisOfTab(tab).some((one) => one.toString() === uri.toString())),
  );
}

/** Folds the members without a value. The command acts on the active editor, which was just shown. */
async function foldEmptyTail({ document }: vscode.TextEditor): Promise<void> {
  const tail = emptyTail(document.getText());
  if (tail === undefined) return;
  // VS Code's JSON support starts with the first record, and the regions are computed again when it does.
  await vscode.extensions.getExtension("vscode.json-language-features")?.activate();
  await vscode.commands.executeCommand("editor.fold", { levels: 1, selectionLines: [tail.start] });
}
