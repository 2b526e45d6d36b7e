import assert from "node:assert/strict";
import { type FileHandle, open, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JournalWriter } from "../../../../src/dialler/journal/journalWriter";
import { folders } from "../../../support/dialler/journals";

describe("JournalWriter", () => {
  const folder = folders();
  let opened: FileHandle[] = [];
  afterEach(async () => {
    for (const file of opened) await file.close();
    opened = [];
  });

  const opening = async (path: string, flags: string): Promise<FileHandle> => {
    const file = await open(path, flags);
    opened.push(file);
    return file;
  };

  /** A file that keeps an account of what is done to it. */
  const watched = (file: FileHandle) => {
    const did: string[] = [];
    return {
      did,
      appendFile: async (text: string) => {
        await file.appendFile(text);
        did.push(`wrote ${text.split("\n").length - 1}`);
      },
      datasync: async () => {
        await file.datasync();
        did.push("synced");
      },
      stat: async () => file.stat(),
    };
  };

  it("writes lines in the order in which they came, whoever waits for which", async () => {
    const path = join(await folder(), "lines");
    const writer = new JournalWriter(await opening(path, "a"));
    const texts = Array.from({ length: 500 }, (_, at) => `line ${at} ${"ü".repeat(at)}`);
    await Promise.all(texts.map((text, at) => writer.append(text, at % 3 === 0)));
    assert.equal(await readFile(path, "utf8"), texts.map((text) => `${text}\n`).join(""));
  });

  it("says that a line is on the disk only once it is", async () => {
    const file = watched(await opening(join(await folder(), "lines"), "a"));
    const writer = new JournalWriter(file);
    await writer.append("one", true);
    assert.deepEqual(file.did, ["wrote 1", "synced"]);
    await writer.append("two", false);
    assert.deepEqual(file.did, ["wrote 1", "synced", "wrote 1"]);
  });

  it("writes and syncs lines together that wait together", async () => {
    const file = watched(await opening(join(await folder(), "lines"), "a"));
    const writer = new JournalWriter(file);
    await Promise.all(["a", "b", "c", "d"].map((text) => writer.append(text, true)));
    assert.deepEqual(file.did, ["wrote 4", "synced"]);
  });

  it("begins with what it was given, once", async () => {
    const path = join(await folder(), "lines");
    await writeFile(path, "torn");
    const writer = new JournalWriter(await opening(path, "a"), "\n");
    await writer.append("one", true);
    await writer.append("two", true);
    assert.equal(await readFile(path, "utf8"), "torn\none\ntwo\n");
  });

  it("refuses every line after the disk was full, and says why", async function () {
    if (process.platform !== "linux") this.skip();
    const writer = new JournalWriter(await opening("/dev/full", "a"));
    const lines = [writer.append("one", true), writer.append("two", false)];
    for (const line of lines) await assert.rejects(line, { code: "ENOSPC" });
    assert.match(writer.failure?.message ?? "", /ENOSPC/);
    await assert.rejects(writer.append("three", false), { code: "ENOSPC" });
  });

  it("writes nothing more after a failure, also where it could again", async () => {
    const path = join(await folder(), "lines");
    const file = watched(await opening(path, "a"));
    let failing = true;
    const writer = new JournalWriter({
      ...file,
      datasync: async () => {
        if (failing) throw new Error("EIO: the disk is gone");
        await file.datasync();
      },
    });
    await assert.rejects(writer.append("one", true), /EIO/);
    failing = false;
    await assert.rejects(writer.append("two", true), /EIO/);
    assert.equal(await readFile(path, "utf8"), "one\n");
  });

  it("notices that its file has been deleted", async function () {
    if (process.platform === "win32") this.skip();
    const path = join(await folder(), "lines");
    const writer = new JournalWriter(await opening(path, "a"));
    await writer.append("one", true);
    await rm(path);
    await assert.rejects(writer.append("two", true), /deleted/);
  });

  it("refuses to go on in a file that was cut or replaced (C10)", async () => {
    const path = join(await folder(), "lines");
    for (const [spoil, reason] of [
      [() => truncate(path, 3), /cut/],
      [() => writeFile(path, ""), /cut/],
      [
        () => rename(path, `${path}.old`).then(() => writeFile(path, "a new one that is longer\n")),
        /replaced/,
      ],
    ] as const) {
      await rm(path, { force: true });
      const file = await opening(path, "a");
      const { ino } = await file.stat();
      const writer = new JournalWriter(file, "", async () => (await stat(path)).ino === ino);
      await writer.append("the first line", true);
      await spoil();
      await assert.rejects(writer.append("a line that is longer than the first", true), reason);
      await assert.rejects(writer.append("another", false), reason);
    }
  });
});
