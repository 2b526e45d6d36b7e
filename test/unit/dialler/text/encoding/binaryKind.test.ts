import assert from "node:assert/strict";
import { binaryKindOf } from "../../../../../src/dialler/text/encoding/binaryKind";

const kindOf = (bytes: string) => binaryKindOf(Buffer.from(bytes, "latin1"));

describe("binaryKindOf", () => {
  it("tells spreadsheets from other archives by the names of their parts", () => {
    assert.equal(kindOf("PK\x03\x04\x14\0\0\0[Content_Types].xml…xl/workbook.xml"), "spreadsheet");
    assert.equal(kindOf(`PK\x03\x04${"x".repeat(5000)}PK\x01\x02xl/workbook.xml`), "spreadsheet");
    assert.equal(
      kindOf("PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
      "spreadsheet",
    );
    assert.equal(kindOf("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "spreadsheet");
    assert.equal(kindOf("PK\x03\x04\x14\0word/document.xml"), "archive");
    assert.equal(kindOf("PK\x05\x06\0\0"), "archive");
  });

  it("names archives, PDF files and the Unicode forms that are not read", () => {
    assert.equal(kindOf("\x1f\x8b\x08\0"), "archive");
    assert.equal(kindOf("%PDF-1.7\n"), "pdf");
    assert.equal(kindOf("\xff\xfe\0\0I\0\0\0"), "utf-32");
    assert.equal(kindOf("\0\0\xfe\xff\0\0\0I"), "utf-32");
    assert.equal(kindOf("I\0\0\0D\0\0\0\n\0\0\0"), "utf-32");
    assert.equal(kindOf("+/v8-ID"), "utf-7");
  });

  it("has nothing against a text, whatever its encoding", () => {
    for (const text of [
      "",
      "ID\n1\n",
      "PK;Name\n1;Berg\n",
      "\xef\xbb\xbfID",
      "\xff\xfeI\0",
      "M\xfcller",
      "A\0B",
    ])
      assert.equal(kindOf(text), undefined, JSON.stringify(text));
  });
});
