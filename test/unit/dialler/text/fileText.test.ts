import assert from "node:assert/strict";
import { textOfFile } from "../../../../src/dialler/text/fileText";

describe("textOfFile", () => {
  it("reads UTF-8, with and without a byte order mark", () => {
    assert.equal(textOfFile(Buffer.from("Müller €")), "Müller €");
    assert.equal(textOfFile(Buffer.from("\ufeffMüller")), "Müller");
  });

  it("reads UTF-16 by its byte order mark", () => {
    const little = Buffer.from("\ufeffMüller", "utf16le");
    assert.equal(textOfFile(little), "Müller");
    assert.equal(textOfFile(Buffer.from(little).swap16()), "Müller");
  });

  it("reads what is no UTF-8 as spreadsheets save it", () => {
    assert.equal(textOfFile(Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80])), "Müller €");
  });
});
