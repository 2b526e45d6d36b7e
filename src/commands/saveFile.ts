import * as vscode from "vscode";
import { isInWorkTree, writeInPlace } from "../contacts/exportFile";
import * as l10n from "../l10n";
import { plainText } from "../view/plainText";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/** What cannot be streamed is held whole before it is written. */
const mostMegabytesHeld = 64;

/** Where to write personal data; asked once more inside a git work tree. Undefined: nowhere. */
export async function chooseTarget(
  { ask }: Pick<Parts, "ask">,
  ending: "csv" | "json",
  title: "export" | "notImported",
): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    title: title === "export" ? l10n.t("Export Contacts") : l10n.t("Save Rows Not Imported"),
    filters: { [ending.toUpperCase()]: [ending] },
  });
  if (target === undefined) return undefined;
  const inTree = target.scheme === "file" && (await isInWorkTree(target.fsPath));
  return inTree && !(await ask.writeIntoWorkTree(nameOf(target))) ? undefined : target;
}

/**
 * Writes a file; the bytes written. On this computer it is streamed, elsewhere written whole.
 * @throws Refusal when it is too large to be held; whatever ends `texts`. The file is as it was then
 */
export async function writeTo(target: vscode.Uri, texts: AsyncIterable<string>): Promise<number> {
  if (target.scheme === "file") return writeInPlace(target.fsPath, texts);
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const text of texts) {
    const chunk = Buffer.from(text);
    held.push(chunk);
    bytes += chunk.length;
    if (bytes > mostMegabytesHeld * 1024 * 1024) {
      const values = { megabytes: mostMegabytesHeld };
      throw new Refusal(
        l10n.t(
          "More than {megabytes} MB can only be written to a file on this computer. Nothing was written.",
          values,
        ),
      );
    }
  }
  await vscode.workspace.fs.writeFile(target, Buffer.concat(held));
  return bytes;
}

export function nameOf(uri: vscode.Uri): string {
  return plainText(uri.path.split("/").at(-1) ?? "", 60);
}
