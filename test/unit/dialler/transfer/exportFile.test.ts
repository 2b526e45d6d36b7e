import assert from "node:assert/strict";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
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

  it("writes the file that a link names, and leaves the link", async () => {
    await mkdir(join(folder, "deep"));
    await symlink(join("deep", "far"), join(folder, "near"));
    await mkdir(join(folder, "deep", "far"));
    const real = join(folder, "deep", "far", "real.csv");
    // A link over a link, each counted from its own folder, and one in a linked folder.
    await symlink(join("near", "second.csv"), target);
    await symlink("real.csv", join(folder, "deep", "far", "second.csv"));
    for (const text of ["new", "newer"]) {
      await writeInPlace(target, texts(text));
      assert.equal(await readFile(real, "utf8"), text);
    }
    assert.ok((await lstat(target)).isSymbolicLink());
    assert.deepEqual(await readdir(join(folder, "deep", "far")), ["real.csv", "second.csv"]);
  });

  it("writes nothing where links lead in a circle", async () => {
    await symlink("b.csv", target);
    await symlink("contacts.csv", join(folder, "b.csv"));
    const circle = writeInPlace(target, texts("a"));
    await assert.rejects(circle, (error) => error instanceof FileNotWritten && error.code === "ELOOP");
    assert.equal(await isInWorkTree(target), false);
  });

  it("writes a file whose name is as long as a name can be, and says when it is longer", async () => {
    const longest = `${"ä".repeat(125)}x.csv`;
    assert.equal(Buffer.byteLength(longest), 255);
    await writeInPlace(join(folder, longest), texts("a"));
    assert.deepEqual(await readdir(folder), [longest]);
    // Windows counts letters, not bytes.
    if (process.platform === "win32") return;
    const longer = writeInPlace(join(folder, `${longest}x`), texts("a"));
    await assert.rejects(longer, (error) => error instanceof FileNotWritten && error.code === "ENAMETOOLONG");
    assert.deepEqual(await readdir(folder), [longest]);
  });

  it("sees the git work tree that a link leads into", async () => {
    await mkdir(join(folder, "tree", ".git"), { recursive: true });
    await symlink(join("tree", "new.csv"), target);
    assert.equal(await isInWorkTree(target), true);
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
