import assert from "node:assert/strict";
import iconv from "iconv-lite";
import { decoded, type Encoding } from "../../../../../src/dialler/text/encoding/decode";
import { readRealFile } from "../../../../support/realFiles/readRealFile";

const bytesOf = (text: string, encoding: Encoding): Uint8Array => iconv.encode(text, encoding);
const latin1 = (bytes: string): Uint8Array => Buffer.from(bytes, "latin1");
const rowWith = (name: string) => `UserData;Name;PhoneNumber1\r\nCRM-1;${name};4911\r\n`;

/** The encoding, why, and the spoiled lines; or the candidates and the lines that differ. */
function verdictOn(bytes: Uint8Array, chosen?: Encoding): string {
  const result = decoded(bytes, chosen);
  if (result.kind === "undecided")
    return `${result.candidates.map(({ encoding }) => encoding).join(" or ")}: ${result.lines.join()}`;
  return [result.encoding, result.why, ...result.spoiled].join(" ");
}

function textOf(bytes: Uint8Array, chosen?: Encoding): string {
  const result = decoded(bytes, chosen);
  return result.kind === "decoded" ? result.text : assert.fail("undecided");
}

describe("decoded", () => {
  it("obeys a byte order mark, and takes it off", () => {
    assert.equal(verdictOn(latin1("\xef\xbb\xbfM\xc3\xbcller")), "utf-8 mark");
    assert.equal(textOf(latin1("\xef\xbb\xbfM\xc3\xbcller")), "Müller");
    for (const encoding of ["utf-16le", "utf-16be"] as const) {
      assert.equal(verdictOn(bytesOf("\ufeffMüller", encoding)), `${encoding} mark`);
      assert.equal(textOf(bytesOf("\ufeffMüller", encoding)), "Müller");
    }
    assert.equal(verdictOn(latin1("\xef\xbb\xbfM\xc3\xbcller"), "windows-1252"), "utf-8 mark");
    assert.equal(verdictOn(latin1("\xff\xfe\0\0I\0\0\0")), ": 1");
  });

  it("spoils one line of UTF-8 where a byte is wrong, with and without a mark", () => {
    assert.equal(verdictOn(readRealFile("markAndOneBadByte.csv")), "utf-8 mark 3");
    assert.match(textOf(readRealFile("markAndOneBadByte.csv")), /^UserData;[^]*CRM-1;71;Müller;4911\r\n/);
    assert.equal(verdictOn(readRealFile("oneLatin1Row.csv")), "utf-8 mostlyValid 4");
    assert.match(textOf(readRealFile("oneLatin1Row.csv")), /CRM-1;Müller[^]*CRM-2;Jörg/);
  });

  it("takes no overlong form, no surrogate and nothing beyond Unicode for UTF-8", () => {
    for (const wrong of [
      "\xc0\xaf",
      "\xe0\x80\xaf",
      "\xed\xa0\x80",
      "\xf4\x90\x80\x80",
      "\xc3",
      "\xbf",
      "\xff",
    ])
      assert.equal(verdictOn(latin1(`M\xc3\xbcller\rJ\xc3\xb6rg\r\n${wrong};1\nx`)), "utf-8 mostlyValid 3");
  });

  it("reads UTF-16 without a mark by its zero bytes, also where they are few", () => {
    for (const encoding of ["utf-16le", "utf-16be"] as const) {
      assert.equal(verdictOn(bytesOf(rowWith("Müller"), encoding)), `${encoding} zeros`);
      assert.equal(textOf(bytesOf(rowWith("Иванова 李四"), encoding)), rowWith("Иванова 李四"));
      assert.equal(verdictOn(bytesOf("Иванова\nПетрова\nСидорова", encoding)), `${encoding} zeros`);
    }
  });

  it("spoils the line of UTF-16 that holds half a character", () => {
    const text = bytesOf("ID\nBe\ud83drg\nKurz\n1", "utf-16le");
    assert.equal(verdictOn(text), "utf-16le zeros 2");
    assert.equal(verdictOn(text.subarray(0, -1)), "utf-16le zeros 2 4");
  });

  it("leaves NULs in a text of single bytes", () => {
    assert.equal(textOf(latin1("ID\nab\0c\n")), "ID\nab\0c\n");
    assert.equal(
      textOf(latin1("ID\nBerg\0\0\0\0;1\nKurz\0\0\0\0;2\n")),
      "ID\nBerg\0\0\0\0;1\nKurz\0\0\0\0;2\n",
    );
    assert.equal(verdictOn(latin1("a\0bc")), "utf-16le or utf-8: 1");
  });

  it("knows the code page by a single name where the others make nonsense of it", () => {
    const names: readonly (readonly [encoding: Encoding, names: string])[] = [
      ["windows-1252", "Müller Weiß Köhler Größl Straßer Übel Öhler René Ibáñez Kjær"],
      ["macintosh", "Müller Köhler Rößler"],
      ["cp850", "Müller Schröder Kühn Bünzli René"],
      ["windows-1250", "Dębowska Ziębak Łukawski Wiśniak Woźny Kaczyński Dvořák Růžička Jovanić"],
    ];
    for (const [encoding, list] of names)
      for (const name of list.split(" ")) {
        assert.equal(verdictOn(bytesOf(rowWith(name), encoding)), `${encoding} letters`, name);
        assert.equal(textOf(bytesOf(rowWith(name), encoding)), rowWith(name));
      }
    assert.equal(verdictOn(readRealFile("germanExcel.csv")), "windows-1252 letters");
    assert.match(
      textOf(readRealFile("germanExcel.csv")),
      /Nächster Anruf\r\n[^]*Müller;Jürgen[^]*Weiß;Änne[^]*Groß;Öz/,
    );
  });

  it("names the candidates and the lines that differ where two code pages read names", () => {
    const kaes = decoded(bytesOf("Name\nBerg\nHäber\n", "macintosh"));
    assert.deepEqual(kaes, {
      kind: "undecided",
      candidates: [
        { encoding: "macintosh", sample: "Häber" },
        { encoding: "cp850", sample: "Hèber" },
      ],
      lines: [3],
    });
  });

  it("decides nothing about a mixture of code pages, nor about one it does not know", () => {
    const mixed = Buffer.concat([
      bytesOf(
        "Müller\nKöhler\nJürgen\nGröber\nWeiß\nRené\nÜbel\nKäser\nHörmann\nRößl\nFlügel\nBäcker\n",
        "windows-1252",
      ),
      bytesOf("Schröder\n", "cp850"),
    ]);
    assert.equal(decoded(mixed).kind, "undecided");
    assert.equal(decoded(iconv.encode("Иванова\nПетрова\nСидорова\n", "windows-1251")).kind, "undecided");
    assert.equal(decoded(iconv.encode("田中\n山本\n", "shift_jis")).kind, "undecided");
  });

  it("reads a whole table in capitals that happens to be UTF-8 as nothing but that", () => {
    // ÓŻ of Windows-1250 is one Cyrillic letter of UTF-8.
    assert.equal(verdictOn(bytesOf(rowWith("RÓŻA"), "windows-1250")), "utf-8 or windows-1250: 2");
    assert.equal(verdictOn(Buffer.from(rowWith("Иванова"))), "utf-8 valid");
  });

  it("uses the encoding that was chosen, and names the lines that it cannot have", () => {
    assert.equal(textOf(latin1("J\xe4ger"), "cp850"), "Jõger");
    assert.equal(verdictOn(latin1("a\rb\x81\r\nc\n\x9d"), "windows-1252"), "windows-1252 chosen 2 4");
    assert.equal(verdictOn(latin1("a\nM\xfcller"), "utf-8"), "utf-8 chosen 2");
  });

  it("calls a text of ASCII UTF-8, even an empty one", () => {
    assert.equal(verdictOn(latin1("ID\n1\n")), "utf-8 ascii");
    assert.equal(verdictOn(new Uint8Array()), "utf-8 ascii");
  });

  it("reads ten megabytes of names at once", () => {
    const row = bytesOf("71;CRM-000417;Jürgen Weiß;Gebrüder Köhler GmbH;+49 30 1234567;\r\n", "windows-1252");
    const bytes = Buffer.concat(Array.from({ length: 10_000_000 / row.length }, () => row));
    const start = performance.now();
    assert.equal(verdictOn(bytes), "windows-1252 letters");
    // It takes less than 0.1 s of computing; a machine under load must not make this fail.
    assert.ok(performance.now() - start < 8000);
  });
});
