import assert from "node:assert/strict";
import { contentFaults, namesInZip } from "../../../support/supply/packageContents";

/** A package in which nothing is missing; `contentFaults` itself says what that is. */
const whole = contentFaults([]).map((fault) => fault.replace(/ is missing.*/, ""));

describe("the files of the package", () => {
  it("are those that belong into it, in any language", () => {
    assert.ok(whole.includes("extension/dist/extension.js") && whole.includes("extension/dist/NOTICES.txt"));
    assert.deepEqual(contentFaults(whole), []);
    const german = ["extension/package.nls.de.json", "extension/l10n/bundle.l10n.de.json"];
    assert.deepEqual(contentFaults([...whole, ...german]), []);
  });

  for (const stranger of [
    "extension/.env",
    "extension/.gitignore",
    "extension/dist/extension.js.map",
    "extension/src/extension.ts",
    "extension/out/test/unit/signal.test.js",
    "extension/test/support/certificates/key.pem",
    "extension/node_modules/node-fetch/package.json",
    "extension/package-lock.json",
    "extension/media/shots/one.png",
    "extension/l10n/notes.txt",
    "extension/dist/extension.js",
  ])
    it(`are not fine with ${stranger} among them`, () => {
      assert.equal(contentFaults([...whole, stranger]).length, 1);
    });

  it("are read from the directory of the archive", () => {
    assert.throws(() => namesInZip(Buffer.alloc(100)), /no ZIP archive/);
    assert.deepEqual(namesInZip(zipOf("a/b.txt", "ü.txt")), ["a/b.txt", "ü.txt"]);
  });
});

/** An archive that holds a directory and nothing else. */
function zipOf(...names: string[]): Buffer {
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(4, 30);
    return Buffer.concat([entry, Buffer.from(name), Buffer.from("more")]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(4, 16);
  return Buffer.concat([Buffer.from("PK.."), ...entries, end]);
}
