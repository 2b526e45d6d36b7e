import { homedir } from "node:os";
import * as vscode from "vscode";
import { FileNotWritten, isInWorkTree, writeInPlace } from "../../../dialler/transfer/exportFile";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** A file that cannot be streamed is held in memory before it is written. */
const mostMegabytesHeld = 64;

/** The folder of the last file that was saved through an `ask`. It is forgotten when VS Code closes. */
const lastFolders = new WeakMap<Parts["ask"], vscode.Uri>();

/**
 * Where to write personal data; asks again for a place in a git work tree. `name` is proposed, with its ending.
 * Undefined: do not write.
 */
export async function chooseTarget(
  { ask }: Pick<Parts, "ask">,
  name: string,
  title: "export" | "notImported",
): Promise<vscode.Uri | undefined> {
  const ending = name.split(".").at(-1) ?? "";
  // A workspace is often a git work tree, where personal data does not belong.
  const folder = lastFolders.get(ask) ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: title === "export" ? l10n.t("Export Contacts") : l10n.t("Save Rows Not Imported"),
    filters: { [ending.toUpperCase()]: [ending] },
    defaultUri: vscode.Uri.joinPath(folder, name),
  });
  if (target === undefined) return undefined;
  if ((await isInGit(target)) && !(await ask.writeIntoWorkTree(nameOf(target)))) return undefined;
  lastFolders.set(ask, vscode.Uri.joinPath(target, ".."));
  return target;
}

/** Whether a file would be in a git work tree, also one on another computer or in a file system of an extension. */
export async function isInGit(target: vscode.Uri): Promise<boolean> {
  if (target.scheme === "file") return isInWorkTree(target.fsPath);
  for (let folder = vscode.Uri.joinPath(target, ".."); ; folder = vscode.Uri.joinPath(folder, "..")) {
    const isTree = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, ".git")).then(
      () => true,
      () => false,
    );
    if (isTree || folder.path === "/" || folder.path === "") return isTree;
  }
}

/**
 * Writes a file and returns the number of bytes. A local file is streamed, any other is written in one piece.
 * @throws Refusal when it is too large or cannot be written; whatever `texts` throws. The file is unchanged then
 */
export async function writeTo(target: vscode.Uri, texts: AsyncIterable<string>): Promise<number> {
  if (target.scheme === "file") return writeHere(target, texts);
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

/** The same for a text that is at hand. */
export async function writeText(target: vscode.Uri, text: string): Promise<number> {
  async function* texts(): AsyncGenerator<string> {
    yield await Promise.resolve(text);
  }
  return writeTo(target, texts());
}

async function writeHere(target: vscode.Uri, texts: AsyncIterable<string>): Promise<number> {
  try {
    return await writeInPlace(target.fsPath, texts);
  } catch (error) {
    if (!(error instanceof FileNotWritten)) throw error;
    const values = { file: nameOf(target), code: error.code };
    if (error.code === "ENAMETOOLONG") {
      throw new Refusal(
        l10n.t("The name of the file {file} is too long ({code}). Choose a shorter one.", values),
      );
    }
    throw new Refusal(
      l10n.t("The file {file} cannot be written there ({code}). Choose another folder.", values),
    );
  }
}

export function nameOf(uri: vscode.Uri): string {
  return plainText(uri.path.split("/").at(-1) ?? "", 60);
}
