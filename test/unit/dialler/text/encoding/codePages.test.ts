import assert from "node:assert/strict";
import iconv from "iconv-lite";
import { codePages, isDefinedIn, textIn } from "../../../../../src/dialler/text/encoding/codePages";

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe("textIn", () => {
  it("reads every byte of every code page as the reference does, but for two signs of the Macintosh", () => {
    for (const page of codePages) {
      const reference = iconv.decode(Buffer.from(allBytes), page);
      assert.equal(
        textIn(page, allBytes),
        page === "macintosh" ? reference.replace("¤", "€").replace("\u2126", "\u03a9") : reference,
        page,
      );
    }
  });

  it("has no character for the bytes that a code page leaves free", () => {
    const free = codePages.map((page) => [...allBytes].filter((byte) => !isDefinedIn(page, byte)));
    assert.deepEqual(free, [[0x81, 0x8d, 0x8f, 0x90, 0x9d], [0xf0], [], [0x81, 0x83, 0x88, 0x90, 0x98]]);
  });
});
