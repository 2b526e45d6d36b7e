import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { commands, documentScheme } from "../../../manifest";
import { EntryRow } from "../activity/runRows";
import type { ContactDocuments } from "./contactDocument";
import { type DocumentKey, documentKeyOf } from "./documentKey";
import { emptyTail } from "./recordText";

export interface MarkPorts {
  readonly documents: ContactDocuments;
  /** The entry of the run that deleted the contact, if it can be re-created from it. */
  readonly restorable: (
    key: DocumentKey,
  ) => Promise<{ readonly run: string; readonly item: number } | undefined>;
}

/**
 * What stands around a document instead of in it: the name in the tooltip of its tab, and that its contact is gone in
 * the tab and above the first line. Folds the members without a value.
 */
export class DocumentMarks
  implements vscode.FileDecorationProvider, vscode.CodeLensProvider, vscode.FoldingRangeProvider
{
  readonly #decorated = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.#decorated.event;
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #registered: vscode.Disposable[];

  constructor(readonly ports: MarkPorts) {
    const ours = { scheme: documentScheme };
    this.#registered = [
      vscode.window.registerFileDecorationProvider(this),
      vscode.languages.registerCodeLensProvider(ours, this),
      vscode.languages.registerFoldingRangeProvider(ours, this),
      ports.documents.onDidMark((uris) => {
        this.#decorated.fire(uris);
        this.#lensesChanged.fire();
      }),
    ];
  }

  /** Asks again whether contacts can be restored, because a run has changed. */
  runsChanged(): void {
    this.#lensesChanged.fire();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const shown = documentKeyOf(uri);
    if (shown === undefined) return undefined;
    const name = this.ports.documents.name(uri);
    const tooltip = this.#absenceText(shown.key, name);
    if (tooltip === undefined)
      return name === undefined ? undefined : new vscode.FileDecoration(undefined, name);
    const colour = new vscode.ThemeColor("gitDecoration.deletedResourceForeground");
    return new vscode.FileDecoration("✗", tooltip, colour);
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const shown = documentKeyOf(uri);
    const title = shown && this.#absenceText(shown.key, this.ports.documents.name(uri));
    if (shown === undefined || title === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const said = new vscode.CodeLens(top, { title, command: "" });
    const entry = await this.ports.restorable(shown.key);
    if (entry === undefined) return [said];
    const restore = {
      title: l10n.t("Restore…"),
      command: commands.activityRestore,
      // By its class, because the command takes no other argument.
      arguments: [new EntryRow(entry.run, entry.item)],
    };
    return [said, new vscode.CodeLens(top, restore)];
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    const kind = documentKeyOf(document.uri)?.kind;
    const tail = kind === "record" ? emptyTail(document.getText()) : undefined;
    return tail === undefined ? [] : [new vscode.FoldingRange(tail.start, tail.end)];
  }

  dispose(): void {
    this.#decorated.dispose();
    this.#lensesChanged.dispose();
    for (const registered of this.#registered) registered.dispose();
  }

  #absenceText(key: DocumentKey, name = `#${key.id}`): string | undefined {
    switch (this.ports.documents.absenceOf(key)) {
      case "deleted":
        return l10n.t("Deleted: {name}", { name });
      case "absent":
        return l10n.t("No longer on the server: {name}", { name });
      case undefined:
        return undefined;
    }
  }
}
