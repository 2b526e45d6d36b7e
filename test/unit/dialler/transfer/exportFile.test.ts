import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileNotWritten, isInWorkTree, writeInPlace } from "../../../../src/dialler/transfer/exportFile";

async function* texts(...parts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const part of parts) {
    await Promise.resolve();
    if (part instanceof Error) throw part;
    yield part;
  }
}

describe("writing an export", () => {
  let folder: string;
  let target: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dlr-export-"));
    target = join(folder, "contacts.csv");
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("leaves one file, which only its owner can read", async () => {
    assert.equal(await writeInPlace(target, texts("ä", "b")), 3);
    assert.equal(await readFile(target, "utf8"), "äb");
    assert.deepEqual(await readdir(folder), ["contacts.csv"]);
    if (process.platform !== "win32") assert.equal((await stat(target)).mode & 0o777, 0o600);
  });

  it("leaves the old file as it was, and nothing else, when the text ends early", async () => {
    await writeFile(target, "old");
    await assert.rejects(writeInPlace(target, texts("new", new Error("cut"))), /cut/);
    assert.equal(await readFile(target, "utf8"), "old");
    assert.deepEqual(await readdir(folder), ["contacts.csv"]);
  });

  it("tells a place that cannot be written from a text that ends early", async () => {
    const nowhere = writeInPlace(join(folder, "no", "contacts.csv"), texts("a"));
    await assert.rejects(nowhere, (error) => error instanceof FileNotWritten && error.code === "ENOENT");
    await mkdir(target);
    await assert.rejects(writeInPlace(target, texts("a")), FileNotWritten);
    assert.deepEqual(await readdir(folder), ["contacts.csv"]);
    const cut = writeInPlace(join(folder, "b.csv"), texts(new Error("cut")));
    await assert.rejects(cut, (error) => !(error instanceof FileNotWritten));
  });

  it("writes over no half-written file of somebody else, and through no link", async () => {
    await writeFile(join(folder, "other"), "theirs");
    await symlink(join(folder, "other"), `${target}.part`);
    await writeInPlace(target, texts("new"));
    assert.equal(await readFile(join(folder, "other"), "utf8"), "theirs");
    assert.equal(await readFile(target, "utf8"), "new");
  });

  it("sees a git work tree above the target, behind a link too", async () => {
    await mkdir(join(folder, "tree", "deep"), { recursive: true });
    assert.equal(await isInWorkTree(join(folder, "tree", "deep", "x.csv")), false);
    await mkdir(join(folder, "tree", ".git"));
    assert.equal(await isInWorkTree(join(folder, "tree", "deep", "x.csv")), true);
    await symlink(join(folder, "tree", "deep"), join(folder, "link"));
    assert.equal(await isInWorkTree(join(folder, "link", "x.csv")), true);
    assert.equal(await isInWorkTree(target), false);
  });
});
