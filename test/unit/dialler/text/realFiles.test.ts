import assert from "node:assert/strict";
import { decoded, type DecodedText } from "../../../../src/dialler/text/encoding/decode";
import { keyLists } from "../../../../src/dialler/text/keyList";
import { checkedRows, type CheckedRows } from "../../../../src/dialler/transfer/importRows";
import { withColumn } from "../../../../src/dialler/transfer/importTable";
import { endOf } from "../../../support/endOf";
import { importedTable, mappingOf } from "../../../support/importedTable";
import { readRealFile } from "../../../support/realFiles/readRealFile";

function textOf(name: string): DecodedText {
  const text = decoded(readRealFile(name));
  assert.equal(text.kind, "decoded");
  return text;
}

/** What would be imported of a file. `campaign`: for a file that names none. */
function imported(name: string, campaign?: string): CheckedRows {
  const { text, spoiled } = textOf(name);
  const read = importedTable(text, spoiled);
  const table = campaign === undefined ? read : withColumn(read, "DiallerCampaignsID", campaign);
  return endOf(checkedRows(table, { mapping: mappingOf(table), campaigns: undefined }));
}

const userDataOf = ({ ready }: CheckedRows): unknown[] => ready.map(({ userData }) => userData);
const namesOf = ({ ready }: CheckedRows): unknown[] => ready.map(({ record }) => record.Name);
const refusedIn = ({ aside }: CheckedRows): unknown[] => aside.map(({ line, reason }) => [line, reason]);

/** The keys of each column, and of each way to read it. */
function listed(name: string): (readonly (string | number)[])[][] {
  const { text, spoiled } = textOf(name);
  const lists = endOf(keyLists(text, "test", spoiled));
  assert.ok(!("kind" in lists));
  return lists.map((list) => list.map(({ keys }) => (keys.kind === "id" ? keys.ids : keys.userData)));
}

describe("a file that another program wrote", () => {
  it("loses one row to a byte that is no UTF-8, and keeps the others as they are (F01)", () => {
    const rows = imported("oneLatin1Row.csv");
    assert.deepEqual(namesOf(rows), ["Müller", "Jörg"]);
    assert.deepEqual(refusedIn(rows), [[4, "it has bytes that are no text in the file's encoding"]]);
  });

  it("is UTF-8 behind its mark, whatever follows (F02)", () => {
    const rows = imported("markAndOneBadByte.csv");
    assert.deepEqual(userDataOf(rows), ["CRM-1"]);
    assert.deepEqual(refusedIn(rows), [[3, "it has bytes that are no text in the file's encoding"]]);
  });

  it("is read with the headings and forms of a German spreadsheet (F03)", () => {
    const rows = imported("germanExcel.csv", "71");
    assert.deepEqual(namesOf(rows), ["Müller", "Weiß", "Groß"]);
    assert.deepEqual(userDataOf(rows), ["CRM-31", "CRM-32", "CRM-33"]);
    assert.deepEqual(
      rows.ready.map(({ record }) => [record.PhoneNumber1, record.dtNextTry]),
      [
        ["0301234567", "2026-12-24T10:00"],
        ["+491715554433", undefined],
        ["00494055512", "2026-12-24T09:30"],
      ],
    );
  });

  it("has keys without a line end, whichever end a line has (F05)", () => {
    assert.deepEqual(userDataOf(imported("lfHeaderCrlfRows.csv")), ["CRM-1", "CRM-2"]);
    assert.deepEqual(listed("listLfHeaderCrlfRow.csv"), [[["CRM-1"]]]);
  });

  it("loses one line to a quotation mark in its wrong place (F06, F07)", () => {
    const rows = imported("quotedWordFirst.csv");
    assert.deepEqual(userDataOf(rows), ["X-1", "X-2", "X-3", "X-5", "X-6", "X-7", "X-8"]);
    assert.deepEqual(refusedIn(rows), [[5, "a quotation mark stands in the middle of a cell"]]);
    const open = imported("openQuoteAndInch.csv");
    assert.deepEqual(open.ready, []);
    assert.deepEqual(refusedIn(open), [[2, "Name: a line break in Name"]]);
    assert.deepEqual(listed("listQuotedColumn.csv"), [
      [
        [40101, 40102],
        ["40101", "40102"],
      ],
    ]);
  });

  it("never has a number that a spreadsheet shortened read as another one (F08, F09)", () => {
    assert.deepEqual(listed("listScientific.txt"), [[[]]]);
    const { ready } = imported("textFormula.csv");
    assert.deepEqual(
      ready.map(({ record }) => [record.UserData, record.Name]),
      [["000417", "Kurz"]],
    );
  });

  it("says neither that its Id is the dialler's nor that it is not, and keeps every digit (F10, F11)", () => {
    assert.deepEqual(listed("listCrmIdColumn.csv"), [
      [
        [1001, 1002],
        ["1001", "1002"],
      ],
    ]);
    assert.deepEqual(listed("listLongNumbers.json"), [[["9007199254740993"]]]);
  });

  it("loses a row with a cell too many, whole (F12)", () => {
    const rows = imported("rowWithSixCells.csv");
    assert.deepEqual(userDataOf(rows), ["X-1"]);
    assert.deepEqual(refusedIn(rows), [[3, "it has 6 cells, but the header has 5"]]);
  });
});
