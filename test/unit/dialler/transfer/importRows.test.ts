import assert from "node:assert/strict";
import fc from "fast-check";
import { bankMembers } from "../../../../src/dialler/api/record/contact";
import { importableMembers } from "../../../../src/dialler/api/record/importable";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { ExportText } from "../../../../src/dialler/transfer/exportRows";
import { type CheckedRows, checkedRows, type Mapping } from "../../../../src/dialler/transfer/importRows";
import {
  formulaMarks,
  type ImportTable,
  importTableOf,
  memberOf,
  withColumn,
  withoutFormulaMarks,
} from "../../../../src/dialler/transfer/importTable";

function tableOf(text: string): ImportTable {
  const table = importTableOf(text);
  assert.ok(typeof table !== "string");
  return table;
}

function mappingOf({ columns }: ImportTable): Mapping {
  return new Map(
    columns.flatMap((column, at): [number, string][] => {
      const member = memberOf(column);
      return member === undefined ? [] : [[at, member]];
    }),
  );
}

function check(text: string): CheckedRows {
  const table = tableOf(text);
  return checkedRows(table, mappingOf(table), undefined);
}

/** The reasons by line. */
function reasons(text: string): ReadonlyMap<number, string> {
  return new Map(check(text).aside.map(({ line, reason }) => [line, reason]));
}

const header = "DiallerCampaignsID;UserData;Name;PhoneNumber1;PostalCode";

describe("a file to be imported", () => {
  it("is read with any delimiter, and its columns are found by the members' names in whatever case", () => {
    for (const delimiter of [";", ",", "\t"]) {
      const line = (...cells: string[]): string => cells.join(delimiter);
      const text = [
        line("diallercampaignsid", "NAME", "phonenumber1", "nName", "Colour"),
        line("71", "Ida", "+49431", "x", "red"),
      ].join("\r\n");
      assert.deepEqual(
        check(text).ready.map(({ record }) => record),
        [{ DiallerCampaignsID: 71, Name: "Ida", PhoneNumber1: "+49431" }],
      );
    }
  });

  it("may be a JSON array of records, or a reply that holds them", () => {
    const records = [
      { DiallerCampaignsID: 71, Name: "Ida", PhoneNumber1: 494315550117, Amount: 2.5, ID: 4, x: null },
      3,
    ];
    for (const file of [records, { records, count: 2, status: 200 }]) {
      const { ready, aside } = check(JSON.stringify(file));
      assert.deepEqual(
        ready.map(({ record }) => record),
        [{ DiallerCampaignsID: 71, Name: "Ida", PhoneNumber1: "494315550117", Amount: 2.5 }],
      );
      assert.deepEqual(
        aside.map(({ line, reason }) => [line, reason]),
        [[2, "it is not a record"]],
      );
    }
  });

  it("is refused whole when it is empty, broken, or names no member", () => {
    assert.equal(importTableOf(""), "empty");
    assert.equal(importTableOf(`${header}\r\n`), "empty");
    assert.equal(importTableOf("[]"), "empty");
    assert.equal(importTableOf("[{"), "brokenJson");
    assert.equal(importTableOf("a;b\r\n1;2"), "noMembers");
  });

  it("has its faults named by line before anything is sent", () => {
    const found = reasons(
      [
        header,
        "71;K-1;Ida;+49431;24103",
        ";K-2;Uwe;49431;",
        "71;K-3; ;49431;",
        "71;K-4;Ann;;",
        "71;K-5;Ann;0431/555;",
        "71;K-6;Ann;49431;12345678901",
        "0x47;K-7;Ann;49431;",
        "71;K-1;Ann;49431;",
        "71; ;Ann;49431;",
        "71;K-10;Ann",
        `71;${"K".repeat(65)};Ann;49431;`,
        "71;K-12;Ann;49431;;;",
      ].join("\r\n"),
    );
    assert.deepEqual(
      [...found].map(([line, reason]) => `${line}: ${reason}`),
      [
        "3: it has no campaign",
        "4: it has no name",
        "5: it has no phone number",
        "6: PhoneNumber1 may contain only digits and a leading plus",
        "7: PostalCode has 11 characters; the server keeps 10",
        "8: the value of DiallerCampaignsID cannot be sent",
        "9: it has the same UserData as line 2",
        "10: its UserData is blank",
        "11: it has 3 cells, but the header has 5",
        "12: UserData has 65 characters; the server keeps 64",
      ],
    );
  });

  it("loses no row to a quote that is not closed", () => {
    const { ready, aside } = check(`${header}\r\n71;A;"Ida;49431;\r\n71;B;Uwe;49431;\r\n`);
    assert.equal(ready.length, 0);
    assert.deepEqual(
      aside.map(({ line, reason }) => [line, reason]),
      [[2, "a quotation mark is missing or misplaced"]],
    );
  });

  it("may name the campaign instead of its ID; one that the server does not have is no campaign", () => {
    const table = tableOf("DiallerCampaignsName;Name;PhoneNumber1\r\nSpring;Ida;1\r\nWinter;Uwe;2\r\n");
    const campaigns = { ids: new Set([71]), names: new Set(["Spring"]) };
    const { ready, aside } = checkedRows(table, mappingOf(table), campaigns);
    assert.deepEqual(
      ready.map(({ record }) => record),
      [{ DiallerCampaignsName: "Spring", Name: "Ida", PhoneNumber1: "1" }],
    );
    assert.match(aside[0]?.reason ?? "", /no such campaign/);
    const all = withColumn(tableOf("Name;PhoneNumber1\r\nIda;1\r\n"), "DiallerCampaignsID", "71");
    assert.equal(checkedRows(all, mappingOf(all), campaigns).ready[0]?.record.DiallerCampaignsID, 71);
    const other = withColumn(tableOf("Name;PhoneNumber1\r\nIda;1\r\n"), "DiallerCampaignsID", "72");
    assert.equal(checkedRows(other, mappingOf(other), campaigns).ready.length, 0);
  });

  it("is not sent with digits that were lost in reading", () => {
    const text =
      '[{"DiallerCampaignsID":71,"Name":"Ida","PhoneNumber1":"1","ReferenceNumber":12345678901234567890}]';
    assert.match(reasons(text).get(1) ?? "", /the value of ReferenceNumber cannot be sent/);
    const half = '[{"DiallerCampaignsID":71,"Name":"\\ud800","PhoneNumber1":"1"}]';
    assert.match(reasons(half).get(1) ?? "", /the value of Name cannot be sent/);
  });

  it("leaves out rows that say that nobody knows whether they were imported", () => {
    const text =
      "DiallerCampaignsID;Name;PhoneNumber1;ImportOutcome\r\n71;A;1;unknown\r\n71;B;2;\r\n71;C;3;failed\r\n";
    assert.deepEqual([...reasons(text).keys()], [2]);
    assert.equal(check(text).ready.length, 2);
  });
});

describe("a file that was exported for spreadsheets", () => {
  const records = [{ DiallerCampaignsID: 71, Name: "=1", PhoneNumber1: "+49431", Comment: "'quoted'" }];
  const textOf = (format: "raw" | "spreadsheet"): string => {
    const text = new ExportText({ format, bankToo: true, lockField: "" });
    return text.push(records) + text.end();
  };

  it("is recognised by its signs, which are taken away only when that is wanted", () => {
    const table = tableOf(textOf("spreadsheet"));
    // The quoted comment has an apostrophe of its own besides.
    assert.equal(formulaMarks(table), 3);
    assert.match(
      checkedRows(table, mappingOf(table), undefined).aside[0]?.reason ?? "",
      /PhoneNumber1 may contain only digits/,
    );
    const plain = withoutFormulaMarks(table);
    assert.equal(formulaMarks(plain), 0);
    const [row] = checkedRows(plain, mappingOf(plain), undefined).ready;
    assert.deepEqual(row?.record, records[0]);
  });

  it("is seen by a single sign too, beside rows that have none", () => {
    assert.equal(formulaMarks(tableOf("Name;PhoneNumber1;UserData\r\nA;+1;'007\r\nB;+2;008\r\n")), 1);
  });

  it("is not seen in a raw one, nor by apostrophes of names", () => {
    assert.equal(formulaMarks(tableOf(textOf("raw"))), 0);
    assert.equal(formulaMarks(tableOf("Name;PhoneNumber1\r\n't Hooft;+1\r\n'Berg';'98\r\n")), 0);
  });
});

describe("a raw export", () => {
  const naughty = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(fc.constantFrom(";", '"', "\r", "\n", "\r\n", "ä", "=", "'", "🙂", " ", "\t", ",", "a"), {
        maxLength: 8,
      })
      .map((parts) => parts.join("")),
    fc.constantFrom("\ufeff", "\u0000", "\u2028", " =1 ", '"";', "'=1", "-1", "NULL", "1e3", "007"),
  );

  it("is the same contacts when it is imported again, whatever their texts", () => {
    const texts = [...importableMembers.keys()].filter(
      (name) => !/^(DiallerCampaignsID|Amount|PhoneNumber\d|FaxNumber)$/.test(name) && !bankMembers.has(name),
    );
    const record = fc.record(Object.fromEntries(texts.map((name) => [name, fc.option(naughty)])));
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (some) => {
        const sent = some.map((members, at): WireRecord => {
          return {
            ...cut(members),
            DiallerCampaignsID: 71,
            Name: `N${at}`,
            UserData: `K${at}`,
            PhoneNumber1: "1",
            Amount: at - 0.5,
          };
        });
        const text = new ExportText({ format: "raw", bankToo: true, lockField: "" });
        const { ready, aside } = check(text.push(sent) + text.end());
        assert.deepEqual(aside, []);
        assert.deepEqual(
          ready.map((row) => row.record),
          sent.map((one) => withoutEmpty(one)),
        );
      }),
      { numRuns: 150 },
    );
  });

  /** As long as the server keeps them. */
  function cut(members: WireRecord): WireRecord {
    return Object.fromEntries(
      Object.entries(members).map(([name, value]) => {
        const longest = importableMembers.get(name) ?? 0;
        if (typeof value !== "string" || longest === 0) return [name, value];
        return [name, value.slice(0, longest).toWellFormed()];
      }),
    );
  }

  function withoutEmpty(members: WireRecord): WireRecord {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ""));
  }
});
