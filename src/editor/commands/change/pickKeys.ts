import * as vscode from "vscode";
import { inSlices } from "../progress/inSlices";
import {
  type KeyList,
  keyLists,
  type KeyReading,
  unusableLines,
  usableCount,
} from "../../../dialler/text/keyList";
import * as l10n from "../../../l10n";
import { documentScheme } from "../../../manifest";
import { plainText } from "../../shown/plainText";
import { encodingText } from "../../shown/readAsText";
import { quoted } from "../ask/confirmWords";
import { textOfFile, undecidedDelimiter } from "../call/fileText";
import { Refusal } from "../call/refusal";

interface KeysItem extends vscode.QuickPickItem {
  /** Undefined: choose a file. */
  readonly list?: KeyList;
}

const outputScheme = "output";
/** Documents that are not offered as a whole. */
const notLists: ReadonlySet<string> = new Set([documentScheme, outputScheme]);

/** The most columns offered for one text. */
const mostLists = 8;
/** A longer text is chosen as a file. */
const mostCharacters = 64 * 1024 * 1024;

/**
 * The list of keys that a person chooses: the selection of the editor, all of it, the clipboard or a file, each with a
 * summary of its keys. `endpoint`: its name in the log. Undefined when the person gave up.
 * @throws Refusal when the list has no usable key
 */
export async function pickKeys(title: string, endpoint: string): Promise<KeyList | undefined> {
  const items = [
    ...(await itemsOf("selection", l10n.t("Selection"), selectedText(), endpoint)),
    ...(await itemsOf("file", l10n.t("Whole editor"), wholeEditor(), endpoint)),
    ...(await itemsOf("clippy", l10n.t("Clipboard"), await vscode.env.clipboard.readText(), endpoint)),
    ...(await loggedItems(endpoint)),
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
  return usable(picked.list ?? (await keysOfFile(title, endpoint)));
}

function usable(list: KeyList | undefined): KeyList | undefined {
  const [first] = list ?? [];
  if (first === undefined || usableCount(first) > 0) return list;
  const logged = l10n.t("No entry of this list can be used; see lines {lines}. Nothing was sent.", {
    lines: unusableLines(first),
  });
  const reasons = first.unusable
    .slice(0, 3)
    .map(({ reason, value }) => (value === undefined ? reason : `${reason} (${quoted(value)})`));
  throw new Refusal(
    l10n.t("No entry of this list can be used: {reasons}. Nothing was sent.", {
      reasons: reasons.join("; "),
    }),
    undefined,
    logged,
  );
}

async function keysOfFile(title: string, endpoint: string): Promise<KeyList | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  if (uri === undefined) return undefined;
  const name = plainText(uri.path.split("/").at(-1) ?? "", 60);
  const decoded = await textOfFile(uri);
  const lists = await inSlices(keyLists(decoded.text, endpoint, decoded.spoiled));
  if ("kind" in lists) throw undecidedDelimiter(lists);
  if (lists.length === 0) throw new Refusal(l10n.t("The file {name} is empty. Nothing was sent.", { name }));
  const items = lists.slice(0, mostLists).map((list) => itemOf("file", name, list, encodingText(decoded)));
  const picked = await vscode.window.showQuickPick<KeysItem>(items, { title, ignoreFocusOut: true });
  return picked?.list;
}

/** The IDs of results, if the output channel is in front. Other lines of it are no list. */
async function loggedItems(endpoint: string): Promise<KeysItem[]> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== outputScheme) return [];
  const items = await itemsOf("output", l10n.t("Output"), document.getText(), endpoint);
  return items.filter(({ list }) => list?.length === 1 && list[0].keys.kind === "id");
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
  if (document === undefined || notLists.has(document.uri.scheme)) return "";
  const text = document.getText();
  return text.length > mostCharacters ? "" : text;
}

/** A text whose columns may be parted in several ways is not offered: a file of it tells why. */
async function itemsOf(icon: string, source: string, text: string, endpoint: string): Promise<KeysItem[]> {
  const lists = await inSlices(keyLists(text, endpoint));
  return "kind" in lists ? [] : lists.slice(0, mostLists).map((list) => itemOf(icon, source, list));
}

function itemOf(icon: string, source: string, list: KeyList, how?: string): KeysItem {
  const [reading] = list;
  return {
    label: `$(${icon}) ${l10n.t("{source}: {keys}", { source, keys: keysText(list) })}`,
    description: [columnText(reading), unusableText(reading), how ?? ""]
      .filter((part) => part !== "")
      .join(" · "),
    detail: examples(reading),
    list,
  };
}

function keysText([reading, other]: KeyList): string {
  const count = usableCount(reading);
  if (other !== undefined) {
    const most = Math.max(count, usableCount(other));
    return most === 1
      ? l10n.t("1 ID or UserData")
      : l10n.t("{count} IDs or UserData", { count: l10n.number(most) });
  }
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
