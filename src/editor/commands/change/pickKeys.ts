import * as vscode from "vscode";
import { textOfFile } from "../../../dialler/text/fileText";
import { type KeyReading, readingsOf, unusableLines, usableCount } from "../../../dialler/text/keyList";
import * as l10n from "../../../l10n";
import { documentScheme } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { quoted } from "../ask/confirmWords";
import { Refusal } from "../call/refusal";

interface KeysItem extends vscode.QuickPickItem {
  /** Undefined: choose a file. */
  readonly reading?: KeyReading;
}

/** The most readings offered for one text: each column of a wide table is one. */
const mostReadings = 8;
const mostFileBytes = 64 * 1024 * 1024;

/**
 * The list of keys that a person chooses: the selection of the editor, all of it, the clipboard or a file, each with a summary of
 * its keys. `endpoint`: its name in the log. Undefined when the person gave up.
 * @throws Refusal when the list has no usable key
 */
export async function pickKeys(title: string, endpoint: string): Promise<KeyReading | undefined> {
  const selection = selectedText();
  const items = [
    ...itemsOf("selection", l10n.t("Selection"), selection, endpoint),
    ...itemsOf("file", l10n.t("Whole editor"), wholeEditor(), endpoint),
    ...itemsOf("clippy", l10n.t("Clipboard"), await vscode.env.clipboard.readText(), endpoint),
    { label: `$(folder-opened) ${l10n.t("Choose File…")}` },
  ];
  const picked = await vscode.window.showQuickPick<KeysItem>(items, {
    title,
    placeHolder: l10n.t(
      "IDs or UserData: one per line, a column of a table, a JSON array or lines of the log",
    ),
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  return usable(picked.reading ?? (await keysOfFile(title, endpoint)));
}

function usable(reading: KeyReading | undefined): KeyReading | undefined {
  if (reading !== undefined && usableCount(reading) === 0) {
    throw new Refusal(
      l10n.t("No entry of this list can be used; see lines {lines}. Nothing was sent.", {
        lines: unusableLines(reading),
      }),
    );
  }
  return reading;
}

async function keysOfFile(title: string, endpoint: string): Promise<KeyReading | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  if (uri === undefined) return undefined;
  const name = plainText(uri.path.split("/").at(-1) ?? "", 60);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostFileBytes) {
    throw new Refusal(l10n.t("The file {name} is too large for a list of keys. Nothing was sent.", { name }));
  }
  const text = textOfFile(await vscode.workspace.fs.readFile(uri));
  const items = itemsOf("file", name, text, endpoint);
  if (items.length === 0) throw new Refusal(l10n.t("The file {name} is empty. Nothing was sent.", { name }));
  const picked = await vscode.window.showQuickPick<KeysItem>(items, { title, ignoreFocusOut: true });
  return picked?.reading;
}

/** All selections of the active editor, one per line: a column selection makes several. */
function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return "";
  return editor.selections
    .filter((selection) => !selection.isEmpty)
    .map((selection) => editor.document.getText(selection))
    .join("\n");
}

/** The text of the active editor, unless that is longer than a file may be. */
function wholeEditor(): string {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.uri.scheme === documentScheme) return "";
  // A character takes at least one byte.
  const text = document.getText();
  return text.length > mostFileBytes ? "" : text;
}

function itemsOf(icon: string, source: string, text: string, endpoint: string): KeysItem[] {
  return readingsOf(text, endpoint)
    .slice(0, mostReadings)
    .map((reading) => ({
      label: `$(${icon}) ${l10n.t("{source}: {keys}", { source, keys: keysText(reading) })}`,
      description: [columnText(reading), unusableText(reading)].filter((part) => part !== "").join(" · "),
      detail: examples(reading),
      reading,
    }));
}

function keysText(reading: KeyReading): string {
  const count = usableCount(reading);
  if (reading.keys.kind === "userData") return l10n.t("{count} UserData", { count: l10n.number(count) });
  return count === 1 ? l10n.t("1 ID") : l10n.t("{count} IDs", { count: l10n.number(count) });
}

function columnText({ column }: KeyReading): string {
  return column === undefined ? "" : l10n.t("column {column}", { column: quoted(column) });
}

function unusableText(reading: KeyReading): string {
  const { length } = reading.unusable;
  if (length === 0) return "";
  const lines = unusableLines(reading);
  return length === 1
    ? l10n.t("1 entry cannot be used (line {lines})", { lines })
    : l10n.t("{count} entries cannot be used (lines {lines})", { count: l10n.number(length), lines });
}

function examples({ keys }: KeyReading): string {
  const [...first] =
    keys.kind === "id" ? keys.ids.slice(0, 4).map(String) : keys.userData.slice(0, 4).map(quoted);
  const rest = (keys.kind === "id" ? keys.ids.length : keys.userData.length) > first.length;
  return [...first, ...(rest ? ["…"] : [])].join(", ");
}
