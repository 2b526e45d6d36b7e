import assert from "node:assert/strict";
import {
  type NoTable,
  readTable,
  type ReadTable,
  type TableChoices,
} from "../../../../../src/dialler/text/table/readTable";
import { importableNamed } from "../../../../../src/dialler/api/record/importable";

import { endOf } from "../../../../support/endOf";

const isHeading = (cell: string): boolean => importableNamed(cell.trim()) !== undefined;

const read = (text: string, choices: Partial<TableChoices> = {}): ReadTable | NoTable =>
  endOf(readTable(text, { isHeading, ...choices }));

function tableOf(text: string, choices: Partial<TableChoices> = {}): ReadTable {
  const table = read(text, choices);
  assert.equal(table.kind, "table");
  return table;
}

/** Each row as its line, and its cells or its fault. */
const rowsOf = (text: string, choices: Partial<TableChoices> = {}): readonly unknown[] =>
  tableOf(text, choices).rows.map(({ line, cells, fault }) => [line, fault ?? cells]);

describe("readTable", () => {
  it("parts rows at line ends of all kinds, and counts lines as an editor does", () => {
    for (const [end, lines] of [
      ["\n", 1],
      ["\r\n", 1],
      ["\r", 1],
      ["\r\r\n", 2],
    ] as const) {
      assert.deepEqual(rowsOf(["Name;UserData", "Berg;1", "Kurz;2", ""].join(end)), [
        [1 + lines, ["Berg", "1"]],
        [1 + 2 * lines, ["Kurz", "2"]],
      ]);
    }
    assert.deepEqual(rowsOf("Name;UserData\nBerg;CRM-1\r\nKurz;2\rLang;3\r\r\nAlt;4"), [
      [2, ["Berg", "CRM-1"]],
      [3, ["Kurz", "2"]],
      [4, ["Lang", "3"]],
      [6, ["Alt", "4"]],
    ]);
  });

  it("refuses one line for a quotation mark that closes in the middle of a cell, or never", () => {
    assert.deepEqual(rowsOf('Name;UserData\n"Nini" Berg;1\nKurz;2\n"Lang;3\nAlt;4\n'), [
      [2, "strayQuote"],
      [3, ["Kurz", "2"]],
      [4, "openQuote"],
      [5, ["Alt", "4"]],
    ]);
    assert.deepEqual(rowsOf('Name;UserData\nA; "1"\nB;2\n'), [
      [2, "strayQuote"],
      [3, ["B", "2"]],
    ]);
  });

  it("leaves a quotation mark within a cell, a line break within quotes, and doubled quotation marks", () => {
    assert.deepEqual(rowsOf('Name;Comment\nRohr 5";x\nKurz;"two\r\nlines, ""quoted"""\nAlt;4\n'), [
      [2, ['Rohr 5"', "x"]],
      [3, ["Kurz", 'two\r\nlines, "quoted"']],
      [5, ["Alt", "4"]],
    ]);
  });

  it("takes a quoted cell that closes properly as one row, however many lines it takes", () => {
    const { rows } = tableOf('Name;UserData;City\n"Berg;4911\n71;x\nKurz 5";2;3\nAlt;4;5\n');
    assert.deepEqual(
      rows.map(({ line, lastLine, cells }) => [line, lastLine, cells]),
      [
        [2, 4, ["Berg;4911\n71;x\nKurz 5", "2", "3"]],
        [5, undefined, ["Alt", "4", "5"]],
      ],
    );
  });

  it("puts right what spreadsheets add behind the last cell or leave out", () => {
    assert.deepEqual(
      rowsOf("Name;UserData;City;Comment;;\nBerg;1;X;c;;\nKurz;2;Y;d;;;;\nAlt;3\nLang;5;Z;e\n"),
      [
        [2, ["Berg", "1", "X", "c"]],
        [3, ["Kurz", "2", "Y", "d"]],
        [4, ["Alt", "3", "", ""]],
        [5, ["Lang", "5", "Z", "e"]],
      ],
    );
  });

  it("never takes a part of a row that was torn or cut for a row (F13)", () => {
    const header = "Name;UserData;City;Comment\n";
    assert.deepEqual(rowsOf(`${header}A;1;X;c\nB;2;Y;d\nrest\nC;3;Z;e\n`), [
      [2, ["A", "1", "X", "c"]],
      [3, "uncertainEnd"],
      [4, "cellCount"],
      [5, "uncertainEnd"],
    ]);
    assert.deepEqual(rowsOf(`${header}A;1;X\nY;c\n`), [
      [2, "cellCount"],
      [3, "cellCount"],
    ]);
    assert.deepEqual(rowsOf(`${header}A;1\nX;Y\nZ;c\n`), [
      [2, "cellCount"],
      [3, "cellCount"],
      [4, "cellCount"],
    ]);
    assert.deepEqual(rowsOf(`${header}A;1;X;c\nB;2`), [
      [2, ["A", "1", "X", "c"]],
      [3, "cellCount"],
    ]);
    assert.deepEqual(rowsOf(`${header}A;1;X;c;more\n`), [[2, "cellCount"]]);
  });

  it("refuses the lines with bytes that the encoding cannot have, and the row that holds them", () => {
    const text = 'Name;Comment\nA;1\nB;"x\ny"\nC;3\n';
    assert.deepEqual(rowsOf(text, { spoiled: [4] }), [
      [2, ["A", "1"]],
      [3, "bytes"],
      [5, ["C", "3"]],
    ]);
    assert.deepEqual(read('[{"Name":"A"}]', { spoiled: [1] }), { kind: "spoiledJson", lines: [1] });
  });

  it("finds the header below a title, and the delimiter by a line that names it", () => {
    const titled = tableOf("Export of 3 May\n\nName;UserData\nBerg;1\n");
    assert.deepEqual(titled.readAs, { kind: "text", delimiter: ";", headerLine: 3 });
    assert.deepEqual(rowsOf("Export of 3 May\n\nName;UserData\nBerg;1\n"), [[4, ["Berg", "1"]]]);
    const named = tableOf("sep=|\r\nName|UserData\r\nBerg, Ida; junior|1\r\n");
    assert.deepEqual(named.readAs, { kind: "text", delimiter: "|", headerLine: 2 });
    assert.deepEqual(named.rows, [{ line: 3, cells: ["Berg, Ida; junior", "1"] }]);
  });

  it("leaves a choice of delimiter and header line to a person", () => {
    assert.deepEqual(read("Name;UserData,City\nBerg;1,X\n"), { kind: "undecided", delimiters: [";", ","] });
    assert.deepEqual(rowsOf("Name;UserData,City\nBerg;1,X\n", { delimiter: "," }), [[2, ["Berg;1", "X"]]]);
    assert.deepEqual(rowsOf("a;b\nName;UserData\nBerg;1\n", { headerLine: 1 }), [
      [2, ["Name", "UserData"]],
      [3, ["Berg", "1"]],
    ]);
  });

  it("reads a JSON array of records, its long numbers digit by digit", () => {
    const table = tableOf('{"records":[{"Name":"Berg","UserData":9007199254740993},7]}');
    assert.deepEqual(table.columns, ["Name", "UserData"]);
    assert.deepEqual(table.rows, [
      { line: 1, cells: ["Berg", "9007199254740993"] },
      { line: 2, cells: [], fault: "noRecord" },
    ]);
    assert.deepEqual(read("[1"), { kind: "brokenJson" });
    assert.deepEqual(read(""), { kind: "empty" });
  });
});
