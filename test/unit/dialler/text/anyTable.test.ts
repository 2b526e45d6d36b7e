import assert from "node:assert/strict";
import fc from "fast-check";
import iconv from "iconv-lite";
import { decoded } from "../../../../src/dialler/text/encoding/decode";
import { importTableOf } from "../../../../src/dialler/transfer/importTable";
import { endOf } from "../../../support/endOf";

const numRuns = Number(process.env.DIALLER_ANY_RUNS ?? 500);
const [seed, path] = (process.env.DIALLER_ANY_SEED ?? "").split(",");

const names = [
  ...["Müller", "Jörg", "Weiß", "Änne", "Öztürk", "Groß", "Schäfer", "Böhm", "Küßner", "Jäger"],
  ...["Łukasz", "Wałęsa", "Żółtowski", "Świątek", "Kamiński", "Grzegorz", "Błażej", "Źrebiec", "Ćwik"],
  ...["Berg", "Kurz", "O'Neil", "Meier-Lang"],
];
const lineEnd = fc.constantFrom("\n", "\r\n", "\r", "\r\r\n");
const delimiterArb = fc.constantFrom(";", ",", "\t", "|");
/** Parts that a reader may stumble over, in ASCII. */
const lump = fc.constantFrom(
  ...['"', '""', ";", ",", "\t", "|", "\n", "\r\n", "\r", " ", "'", "=", "0", "1,5"],
);
const otherLump = fc.oneof(fc.constantFrom("\u00a0", "\ufeff", "ü", "ł"), fc.string({ maxLength: 3 }));
const word = fc.constantFrom("", "4911", "CRM-1", "Name", 'Kurz 5"', ...names);

/** Cells of any characters, or of names and signs only: a code page is known by the letters of words. */
const cellOf = (isUnicode: boolean): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: word },
    {
      weight: 2,
      arbitrary: fc
        .array(isUnicode ? fc.oneof(lump, otherLump) : lump, { maxLength: 5 })
        .map((parts) => parts.join("")),
    },
  );

interface Written {
  readonly text: string;
  readonly rows: readonly (readonly string[])[];
}

/** A table as some program writes it: any delimiter, quotes, mixed line ends, title, trailing delimiters. */
const writtenTable = (cellArb: fc.Arbitrary<string>): fc.Arbitrary<Written> =>
  fc
    .record({
      delimiter: delimiterArb,
      columns: fc.integer({ min: 2, max: 5 }),
      cells: fc.array(fc.array(cellArb, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
      ends: fc.array(lineEnd, { minLength: 12, maxLength: 12 }),
      quoteAll: fc.boolean(),
      title: fc.boolean(),
      named: fc.boolean(),
      extra: fc.integer({ min: 0, max: 2 }),
      trims: fc.boolean(),
      lastEnd: fc.boolean(),
    })
    .map(({ delimiter, columns, cells, ends, quoteAll, title, named, extra, trims, lastEnd }) => {
      const header = ["Name", "UserData", "PhoneNumber1", "Comment", "City"].slice(0, columns);
      const rows = cells
        .map((row) => row.slice(0, columns))
        .filter((row) => row.some((cell) => cell.trim() !== ""));
      const quoted = (cell: string): string =>
        quoteAll || /[";,\t|\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      const lineOf = (row: readonly string[]): string => {
        const written = row.map(quoted);
        while (trims && written.length > 1 && (written.at(-1) ?? "") === "") written.pop();
        return [...written, ...new Array<string>(trims ? 0 : extra).fill("")].join(delimiter);
      };
      const lines = [
        ...(named ? [`sep=${delimiter}`] : []),
        ...(title ? ["All our customers"] : []),
        lineOf(header),
        ...rows.map(lineOf),
      ];
      const text = lines
        .map(
          (line, index) =>
            `${line}${index === lines.length - 1 && !lastEnd ? "" : (ends[index % 12] ?? "\n")}`,
        )
        .join("");
      return { text, rows };
    });

type Encoding = (typeof unicode)[number] | (typeof codePages)[number];
const unicode = ["utf8", "utf8 with its mark", "utf16le", "utf16be"] as const;
const codePages = ["win1252", "win1250", "macroman", "cp850"] as const;

const writtenFile: fc.Arbitrary<readonly [Written, Encoding]> = fc.oneof(
  fc.tuple(writtenTable(cellOf(true)), fc.constantFrom(...unicode)),
  fc.tuple(writtenTable(cellOf(false)), fc.constantFrom(...codePages)),
);

/** The bytes of a text; undefined if the encoding lacks one of its characters. */
function bytesOf(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === "utf8") return Buffer.from(text);
  if (encoding === "utf8 with its mark") return Buffer.from(`\ufeff${text}`);
  if (encoding === "utf16le") return Buffer.from(`\ufeff${text}`, "utf16le");
  if (encoding === "utf16be") return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}

describe("any table that a program writes", () => {
  it("is read exactly, or its rows are refused, and nothing else is read", () => {
    let read = 0;
    fc.assert(
      fc.property(writtenFile, ([{ text, rows }, encoding]) => {
        const bytes = rows.length === 0 ? undefined : bytesOf(text, encoding);
        if (bytes === undefined) return;
        const decoding = decoded(bytes);
        if (decoding.kind === "undecided") return;
        const table = endOf(importTableOf(decoding.text, decoding.spoiled));
        if (table.kind === "undecided") return;
        assert.equal(table.kind, "table");
        read++;
        const found = table.rows
          .filter(({ fault }) => fault === undefined)
          .map(({ cells }) => JSON.stringify(cells));
        const wanted = rows.map((row) => JSON.stringify(row));
        if (table.rows.every(({ fault }) => fault === undefined)) assert.deepEqual(found, wanted);
        let at = 0;
        for (const row of found) {
          at = wanted.indexOf(row, at) + 1;
          assert.ok(at > 0, `not in the table: ${row}`);
        }
      }),
      {
        numRuns,
        ...(seed === undefined || seed === "" ? {} : { seed: Number(seed) }),
        ...(path === undefined ? {} : { path }),
      },
    );
    assert.ok(read > numRuns / 4, `${read} of ${numRuns} were read`);
  });
});
