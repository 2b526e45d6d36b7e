import assert from "node:assert/strict";
import * as vscode from "vscode";
import { isInGit } from "../../src/editor/commands/transfer/saveFile";

/** A file system of an extension, as that of another computer is, in which these paths are there. */
class Elsewhere implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(readonly paths: readonly string[]) {}

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (!this.paths.includes(path)) throw vscode.FileSystemError.FileNotFound();
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  readDirectory = (): [string, vscode.FileType][] => [];
  createDirectory = (): void => undefined;
  readFile = (): Uint8Array => new Uint8Array();
  writeFile = (): void => undefined;
  delete = (): void => undefined;
  rename = (): void => undefined;
}

describe("a file that is saved on another computer", () => {
  it("is known to be in a git work tree, however deep below its root", async () => {
    const provider = vscode.workspace.registerFileSystemProvider(
      "elsewhere",
      new Elsewhere(["/home/tree/.git", "/home"]),
    );
    const isIn = (path: string): Promise<boolean> => isInGit(vscode.Uri.from({ scheme: "elsewhere", path }));
    assert.equal(await isIn("/home/tree/contacts.csv"), true);
    assert.equal(await isIn("/home/tree/a/b/contacts.csv"), true);
    assert.equal(await isIn("/home/contacts.csv"), false);
    assert.equal(await isIn("/contacts.csv"), false);
    provider.dispose();
  });
});
