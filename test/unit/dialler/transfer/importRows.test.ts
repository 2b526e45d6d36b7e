import assert from "node:assert/strict";
import fc from "fast-check";
import { bankMembers } from "../../../../src/dialler/api/record/contact";
import { importableMembers } from "../../../../src/dialler/api/record/importable";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { ExportText } from "../../../../src/dialler/transfer/exportRows";
import { checkedRows } from "../../../../src/dialler/transfer/importRows";
import { importTableOf, withColumn } from "../../../../src/dialler/transfer/importTable";
import { notImportedText, asideResult } from "../../../../src/dialler/transfer/importReport";
import { endOf } from "../../../support/endOf";
import { importChecked, importedTable, mappingOf } from "../../../support/importedTable";

/** The reasons by line. */
function reasons(text: string): ReadonlyMap<number, string> {
  return new Map(importChecked(text).aside.map(({ line, reason }) => [line, reason]));
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
        importChecked(text).ready.map(({ record }) => record),
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
      const { ready, aside } = importChecked(JSON.stringify(file));
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

  it("is refused whole when it is empty or broken", () => {
    const faultOf = (text: string): string => endOf(importTableOf(text)).kind;
    assert.equal(faultOf(""), "empty");
    assert.equal(faultOf(`${header}\r\n`), "empty");
    assert.equal(faultOf("[]"), "empty");
    assert.equal(faultOf("[{"), "brokenJson");
  });

  it("has its faults named by line before anything is sent", () => {
    const found = reasons(
      [
        header,
        "71;K-1;Ida;+49431;24103",
        ";K-2;Uwe;49431;",
        "71;K-3; ;49431;",
        "71;K-4;Ann;;",
        "71;K-5;Ann;0431 x 555;",
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
        "6: PhoneNumber1: it contains letters; an extension cannot be dialled",
        "7: PostalCode has 11 characters; the server keeps 10",
        "8: DiallerCampaignsID: it is not an ID, which is a whole number from 1 upwards",
        "9: it has the same UserData as line 2",
        "10: UserData: it is blank",
        "11: it has no phone number",
        "12: UserData has 65 characters; the server keeps 64",
      ],
    );
  });

  it("loses one row to a quotation mark that is not closed", () => {
    const { ready, aside } = importChecked(`${header}\r\n71;A;"Ida;49431;\r\n71;B;Uwe;49431;\r\n`);
    assert.deepEqual(
      ready.map(({ userData }) => userData),
      ["B"],
    );
    assert.deepEqual(
      aside.map(({ line, reason }) => [line, reason]),
      [[2, "a quotation mark opens and never closes"]],
    );
  });

  it("may name the campaign instead of its ID; one that the server does not have is no campaign", () => {
    const campaigns = { ids: new Set([71]), names: new Set(["Spring"]) };
    const { ready, aside } = importChecked(
      "DiallerCampaignsName;Name;PhoneNumber1\r\nSpring;Ida;1\r\nWinter;Uwe;2\r\n",
      campaigns,
    );
    assert.deepEqual(
      ready.map(({ record }) => record),
      [{ DiallerCampaignsName: "Spring", Name: "Ida", PhoneNumber1: "1" }],
    );
    assert.match(aside[0]?.reason ?? "", /no such campaign/);
    const placed = (id: string): number => {
      const table = withColumn(importedTable("Name;PhoneNumber1\r\nIda;1\r\n"), "DiallerCampaignsID", id);
      return endOf(checkedRows(table, { mapping: mappingOf(table), campaigns })).ready.length;
    };
    assert.equal(placed("71"), 1);
    assert.equal(placed("72"), 0);
  });

  it("is not sent with digits that were lost in reading", () => {
    const half = '[{"DiallerCampaignsID":71,"Name":"\\ud800","PhoneNumber1":"1"}]';
    assert.match(reasons(half).get(1) ?? "", /^Name: it contains half a character/);
    const huge = '[{"DiallerCampaignsID":71,"Name":"A","PhoneNumber1":"1","UserData":1e999}]';
    assert.match(reasons(huge).get(1) ?? "", /^UserData: it is a number that is not written as its digits/);
    const long = '[{"DiallerCampaignsID":71,"Name":"A","PhoneNumber1":"1","UserData":12345678901234567890}]';
    assert.equal(importChecked(long).ready[0]?.userData, "12345678901234567890");
  });

  it("has its cells converted where they can mean one thing only, and tells both spellings", () => {
    const { ready } = importChecked(
      'DiallerCampaignsID;UserData;Name;PhoneNumber1;dtNextTry\n71;="000417";="Kurz";030 1234567;24.12.2026 10:00\n',
    );
    assert.deepEqual(ready[0]?.record, {
      DiallerCampaignsID: 71,
      UserData: "000417",
      Name: "Kurz",
      PhoneNumber1: "0301234567",
      dtNextTry: "2026-12-24T10:00",
    });
    assert.deepEqual(ready[0].converted, [
      { member: "PhoneNumber1", from: "030 1234567", to: "0301234567" },
      { member: "dtNextTry", from: "24.12.2026 10:00", to: "2026-12-24T10:00" },
    ]);
  });

  it("has no number in JSON read as another spelling of it, except amounts", () => {
    const rows = [
      { number: "4.93e11", member: "PhoneNumber1" },
      { number: "1.0", member: "UserData" },
      { number: "12.50", member: "Amount" },
    ].map(
      ({ number, member }) => `{"DiallerCampaignsID":71,"Name":"A","PhoneNumber2":"1","${member}":${number}}`,
    );
    const { ready, aside } = importChecked(`[${rows.join()}]`);
    assert.deepEqual(
      ready.map(({ record }) => record.Amount),
      [12.5],
    );
    assert.deepEqual(
      aside.map(({ line, shown }) => [line, shown?.replace(/: it is .*/, "")]),
      [
        [1, "PhoneNumber1 “4.93e11”"],
        [2, "UserData “1.0”"],
      ],
    );
  });

  it("is refused again when rows of JSON that were not imported are imported again", () => {
    const table = importedTable(
      '[{"DiallerCampaignsID":71,"UserData":true,"Name":"A","PhoneNumber1":"1"},{"DiallerCampaignsID":71,"UserData":1e999,"Name":"B","PhoneNumber1":"2"}]',
    );
    const { aside } = endOf(checkedRows(table, { mapping: mappingOf(table), campaigns: undefined }));
    const again = importChecked(notImportedText(table, aside.map(asideResult)));
    assert.deepEqual(again.ready, []);
    assert.deepEqual(
      again.aside.map(({ reason }) => reason),
      aside.map(({ reason }) => reason),
    );
  });

  it("shows the value at fault to the person alone, its invisible signs written out", () => {
    const [row] = importChecked(
      "DiallerCampaignsID;UserData;Name;PhoneNumber1\n71;4.93E+11\u00a0;A;1\n",
    ).aside;
    assert.match(row?.reason ?? "", /^UserData: a spreadsheet has shortened this number/);
    assert.doesNotMatch(row?.reason ?? "", /4\.93/);
    assert.match(row?.shown ?? "", /^UserData “4\.93E\+11⟨U\+00A0⟩”: /);
  });

  it("asks about invisible signs in a UserData, and takes them out only where that is wanted (F14)", () => {
    const table = importedTable(
      "DiallerCampaignsID;UserData;Name;PhoneNumber1\n71;CRM-1\u200b;A;1\n71;B;B;2\n",
    );
    const checks = { mapping: mappingOf(table), campaigns: undefined };
    const kept = endOf(checkedRows(table, checks));
    assert.deepEqual(kept.invisible, [2]);
    assert.equal(kept.ready[0]?.userData, "CRM-1\u200b");
    assert.equal(endOf(checkedRows(table, { ...checks, cleaned: true })).ready[0]?.userData, "CRM-1");
  });

  it("is refused for the same reason when the rows that were not imported are imported again (F15)", () => {
    const text =
      'DiallerCampaignsID,UserData,Name,PhoneNumber1,Amount\n71,X-1,Good,4911,5\n71,X-2,Berg,4912,12,50\n71,X-3,"A" B,1,2\n';
    let table = importedTable(text);
    for (const turn of [1, 2, 3]) {
      const { ready, aside } = endOf(checkedRows(table, { mapping: mappingOf(table), campaigns: undefined }));
      assert.equal(ready.length, turn === 1 ? 1 : 0);
      assert.deepEqual(
        aside.map(({ reason }) => reason),
        ["it has 6 cells, but the header has 5", "a quotation mark stands in the middle of a cell"],
      );
      const saved = notImportedText(table, aside.map(asideResult));
      const [, ...rows] = saved.split("\r\n");
      assert.match(
        rows[0] ?? "",
        /^unreadable,"it has 6 cells, but the header has 5",71,X-2,Berg,4912,12,50$/,
      );
      table = importedTable(saved);
    }
  });

  it("leaves out rows that say that nobody knows whether they were imported", () => {
    const text =
      "DiallerCampaignsID;Name;PhoneNumber1;ImportOutcome\r\n71;A;1;unknown\r\n71;B;2;\r\n71;C;3;failed\r\n";
    assert.deepEqual([...reasons(text).keys()], [2]);
    assert.equal(importChecked(text).ready.length, 2);
  });
});

describe("a file that was exported for spreadsheets", () => {
  it("gives the texts back that were exported (F16)", () => {
    const records = [
      {
        DiallerCampaignsID: 71,
        Name: "=1",
        UserData: "000417",
        PostalCode: "01067",
        PhoneNumber1: "+49431",
        Comment: "'quoted'",
      },
    ];
    const text = new ExportText({ format: "spreadsheet", bankToo: true, lockField: "" });
    const { ready } = importChecked((text.push(records) + text.end()).replace(/^\ufeff/, ""));
    assert.deepEqual(ready[0]?.record, records[0]);
  });
});

describe("a raw export", () => {
  /** Texts that no import sends. */
  const refused =
    /a line break in|NUL character|half a character|lost|control characters|missing value|spreadsheet/;
  const naughty = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(fc.constantFrom(";", '"', "\r", "\n", "\r\n", "ä", "=", "'", "🙂", " ", "\t", ",", "a"), {
        maxLength: 8,
      })
      .map((parts) => parts.join("")),
    fc.constantFrom("\ufeff", "\u0000", "\u2028", " =1 ", '"";', "'=1", "-1", "NULL", "1e3", "007"),
  );

  it("is the same contacts when it is imported again, or their rows are refused", () => {
    const texts = [...importableMembers.keys()].filter(
      (name) =>
        !/^(DiallerCampaignsID|Amount|PhoneNumber\d|FaxNumber|dtNextTry)$/.test(name) &&
        !bankMembers.has(name),
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
        const { ready, aside } = importChecked(text.push(sent) + text.end());
        assert.equal(ready.length + aside.length, sent.length);
        for (const { row, record } of ready) assert.deepEqual(record, withoutEmpty(sent[row] ?? {}));
        for (const { reason } of aside) assert.match(reason, refused);
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
