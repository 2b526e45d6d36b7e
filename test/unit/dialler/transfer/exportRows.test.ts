import assert from "node:assert/strict";
import fc from "fast-check";
import { bankMembers } from "../../../../src/dialler/api/record/contact";
import { importableMembers } from "../../../../src/dialler/api/record/importable";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { tableRows } from "../../../../src/dialler/text/table/tableRows";
import { type ChosenMembers, choosableMembers } from "../../../../src/dialler/transfer/exportColumns";
import { type ExportChoice, ExportText, spreadsheetText } from "../../../../src/dialler/transfer/exportRows";
import { discreetRecord } from "../../../../src/editor/shown/mask";

const raw: ExportChoice = { format: "raw", bankToo: true, lockField: "" };
const spreadsheet: ExportChoice = { ...raw, format: "spreadsheet" };

function textOf(records: readonly WireRecord[], choice: ExportChoice): string {
  const text = new ExportText(choice);
  return text.push(records) + text.end();
}

/** The table as rows of members by column. */
function tableOf(text: string): ReadonlyMap<string, string>[] {
  const [header, ...rows] = [...tableRows(text.replace(/^\ufeff/, ""), ";")].flat();
  return rows.map(({ cells }) => new Map(header?.cells.map((name, at) => [name, cells[at] ?? ""])));
}

describe("a table for spreadsheets", () => {
  it("begins with a byte order mark, parts by semicolons and ends lines with CRLF", () => {
    const text = textOf([{ ID: 1, Name: "Müller" }], spreadsheet);
    assert.match(text, /^\ufeffDiallerCampaignsID;UserData;Name;/);
    assert.equal(text.split("\r\n").length, 3);
    assert.ok(text.endsWith("\r\n"));
  });

  it("holds no cell that would be calculated, and none that a terminal would obey (D18)", () => {
    for (const evil of ["=HYPERLINK(1)", "+49431", "-1", "@x", "\t=1", "\r=1", "\u0000=1", "\u001b=1"]) {
      const [row] = tableOf(textOf([{ ID: 1, Name: evil, "=Evil": "x" }], spreadsheet));
      assert.match(row?.get("Name") ?? "", /^'/, JSON.stringify(evil));
      assert.ok(row?.has("'=Evil"));
    }
    assert.equal(spreadsheetText("a\u001b]8;;x\u0007b\u2028c"), "a]8;;xb\nc");
  });

  it("holds no formula whatever a contact holds", () => {
    const firstOfFormula = fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", "\0=", "\u001b+", "\u200b@");
    fc.assert(
      fc.property(firstOfFormula, fc.string({ unit: "binary" }), (first, text) => {
        assert.doesNotMatch(spreadsheetText(`${first}${text}`), /^[=+\-@\t\r]/);
      }),
    );
    const [row] = tableOf(textOf([{ ID: 1, Amount: -3, nTriesPhoneNumber1: -1 }], spreadsheet));
    assert.equal(row?.get("Amount"), "'-3");
  });

  it("holds no text that a spreadsheet would save in another spelling, and numbers and truth values as such", () => {
    const record = {
      ID: 40101,
      UserData: "000417",
      PostalCode: "01067",
      dtNextTry: "2026-10-25T01:00:00",
      Comment: "'quoted'",
      Company: "1E5",
      Name: "Berg",
      bLocked: true,
      nTriesPhoneNumber1: 2,
      Amount: 12.5,
    };
    const [row] = tableOf(textOf([record], spreadsheet));
    assert.deepEqual(
      Object.keys(record).map((name) => row?.get(name)),
      [
        "40101",
        "'000417",
        "'01067",
        "'2026-10-25T01:00:00",
        "''quoted'",
        "'1E5",
        "Berg",
        "true",
        "2",
        "'12.5",
      ],
    );
  });
});

describe("an export while the mask is on", () => {
  const record: WireRecord = {
    ID: 1,
    UserData: "CRM-1",
    Name: "Brandt +49 431 5550117",
    PhoneNumber1: "+494315550117",
    Email: "ida.brandt@example.com",
    AccountIBAN: "DE44500105175407324931",
  };
  const shownOf = (whole: WireRecord): WireRecord => discreetRecord(whole, true);

  it("masks numbers and addresses in a table for spreadsheets, and keeps what tells contacts apart", () => {
    const [row] = tableOf(textOf([record], { ...spreadsheet, bankToo: false, shownOf }));
    assert.equal(row?.get("PhoneNumber1"), "•••17");
    assert.equal(row.get("Email"), "i•••@•••.com");
    assert.equal(row.get("Name"), "Brandt •••17");
    assert.equal(row.get("UserData"), "CRM-1");
    assert.equal(row.get("ID"), "1");
  });

  it("leaves raw CSV and JSON whole, since they are for re-import", () => {
    for (const format of ["raw", "json"] as const) {
      const choice: ExportChoice = { ...raw, format };
      assert.equal(textOf([record], { ...choice, shownOf }), textOf([record], choice));
    }
  });
});

describe("a raw table", () => {
  it("gives back semicolons, quotes, line breaks, umlauts and formulas as they were (D19)", () => {
    const naughty = ['a;"b"\r\nc', "=1+1", " ä ", "'x", "\n", '"', "\r", "\u2028", "🙂", "\u0000", "\t"];
    const rows = tableOf(
      textOf(
        naughty.map((Comment, at) => ({ ID: at + 1, Comment })),
        raw,
      ),
    );
    assert.deepEqual(
      rows.map((row) => row.get("Comment")),
      naughty,
    );
  });

  it("has the importable members first, then the ID, the lock, what else is known, and what is not", () => {
    const record = { Zebra: { a: [1] }, ID: 7, bLocked: true, nTriesPhoneNumber1: 2, Name: "A" };
    const [row] = tableOf(textOf([record], raw));
    const columns = [...(row?.keys() ?? [])];
    assert.deepEqual(columns.slice(0, importableMembers.size), [...importableMembers.keys()]);
    assert.deepEqual(columns.slice(importableMembers.size, importableMembers.size + 2), ["ID", "bLocked"]);
    assert.equal(columns.at(-1), "Zebra");
    assert.equal(row?.get("bLocked"), "true");
    assert.equal(row.get("Zebra"), '{"a":[1]}');
    assert.equal(row.get("UserData"), "");
  });

  it("names the members that come up when the columns are settled, and counts who has them", () => {
    const text = new ExportText(raw);
    const begun = text.push(Array.from({ length: 100 }, (_, at) => ({ ID: at })));
    assert.match(begun, /^DiallerCampaignsID;/);
    text.push([
      { ID: 101, Late: 1 },
      { ID: 102, Late: 2, Later: 3 },
    ]);
    assert.deepEqual(
      [...text.late],
      [
        ["Late", 2],
        ["Later", 1],
      ],
    );
    assert.equal(text.count, 102);
  });

  it("takes no member of every object for one of the record", () => {
    const text = new ExportText(raw);
    const hostile: unknown = JSON.parse('{"__proto__":"x","constructor":"y","ID":1}');
    assert.ok(typeof hostile === "object" && hostile !== null);
    const [first, second] = tableOf(
      text.push([Object.fromEntries(Object.entries(hostile)), { ID: 2 }]) + text.end(),
    );
    assert.equal(first?.get("__proto__"), "x");
    assert.equal(second?.get("__proto__"), "");
    assert.equal(second.get("constructor"), "");
  });
});

describe("an export", () => {
  const record = { ID: 1, Name: "A", AccountIBAN: "DE00", Amount: 3, Other: null };

  it("holds bank data only where it is wanted", () => {
    for (const format of ["raw", "spreadsheet", "json"] as const) {
      const without = textOf([record], { format, bankToo: false, lockField: "" });
      for (const member of bankMembers) assert.ok(!without.includes(member), `${format} ${member}`);
      assert.ok(!without.includes("DE00"));
      const text = new ExportText({ format, bankToo: false, lockField: "" });
      text.push([record]);
      assert.deepEqual([...text.withheld].sort(), ["AccountIBAN", "Amount"]);
      assert.ok(textOf([record], { format, bankToo: true, lockField: "" }).includes("DE00"));
    }
  });

  it("as JSON is an array of the records as they were sent, in any number of batches", () => {
    const text = new ExportText({ ...raw, format: "json" });
    const odd = { ID: 2, Comment: "\u2028\u001b\u009b" };
    const whole = text.push([record]) + text.push([]) + text.push([odd]) + text.end();
    assert.deepEqual(JSON.parse(whole), [record, odd]);
    assert.doesNotMatch(whole, /[\u2028\u001b\u009b]/);
    assert.deepEqual(JSON.parse(textOf([], { ...raw, format: "json" })), []);
  });
});

describe("an export of chosen columns", () => {
  const record = {
    ID: 1,
    Name: "A",
    UserData: "K",
    Custom1: "c",
    Zebra: 1,
    bLocked: true,
    AccountIBAN: "DE00",
  };
  const chosen = (names: readonly string[], lock = false, others = false): ChosenMembers => ({
    names: new Set(names),
    lock,
    others,
  });
  const columnsIn = (choice: ExportChoice): string[] => [
    ...(tableOf(textOf([record], choice))[0]?.keys() ?? []),
  ];

  it("holds the chosen members in the order of the export, in every format", () => {
    const members = chosen(["UserData", "ID", "Name"]);
    for (const format of ["raw", "spreadsheet"] as const) {
      const columns = columnsIn({ ...raw, format, bankToo: false, members });
      assert.deepEqual(
        columns.map((name) => name.replace("\ufeff", "")),
        ["UserData", "Name", "ID"],
      );
    }
    const json = textOf([record], { ...raw, format: "json", bankToo: false, members });
    assert.deepEqual(JSON.parse(json), [{ ID: 1, Name: "A", UserData: "K" }]);
  });

  it("holds the lock and undocumented members only if they are chosen", () => {
    const choice = { ...raw, bankToo: false };
    assert.deepEqual(columnsIn({ ...choice, members: chosen(["ID"], true) }), ["ID", "bLocked"]);
    assert.deepEqual(columnsIn({ ...choice, members: chosen(["ID"], false, true) }), [
      "ID",
      "Custom1",
      "Zebra",
    ]);
    assert.deepEqual(columnsIn({ ...choice, lockField: "Zebra", members: chosen(["ID"], true) }), [
      "ID",
      "Zebra",
    ]);
  });

  it("holds bank data as the format says, whatever columns are chosen", () => {
    const members = chosen(["ID"]);
    assert.ok(columnsIn({ ...raw, members }).includes("AccountIBAN"));
    const text = new ExportText({ ...raw, bankToo: false, members });
    assert.doesNotMatch(text.push([record]) + text.end(), /DE00/);
    assert.deepEqual([...text.withheld], ["AccountIBAN"]);
  });

  it("reports no member as late that was not chosen", () => {
    const text = new ExportText({ ...raw, members: chosen(["ID"]) });
    text.push(Array.from({ length: 100 }, (_, at) => ({ ID: at })));
    text.push([{ ID: 101, Late: 1 }]);
    assert.equal(text.late.size, 0);
  });

  it("is the same as one of all columns if all are chosen", () => {
    for (const format of ["raw", "spreadsheet", "json"] as const) {
      const choice = { ...raw, format };
      const all = { ...choice, members: chosen(choosableMembers, true, true) };
      assert.equal(textOf([record], all), textOf([record], choice));
    }
  });
});
