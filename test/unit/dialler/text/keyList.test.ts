import assert from "node:assert/strict";
import fc from "fast-check";
import { keyLists, type KeyReading, unusableLines, usableCount } from "../../../../src/dialler/text/keyList";
import { endOf } from "../../../support/endOf";

/** All ways to read a text, those of one column together. */
function listsOf(text: string): readonly (readonly KeyReading[])[] {
  const lists = endOf(keyLists(text, "test"));
  assert.ok(!("kind" in lists));
  return lists;
}
const readingsOf = (text: string, endpoint = "test"): readonly KeyReading[] => {
  const lists = endOf(keyLists(text, endpoint));
  assert.ok(!("kind" in lists));
  return lists.flat();
};
const keysOf = ({ keys }: KeyReading) => (keys.kind === "id" ? keys.ids : keys.userData);
const kindsOf = (text: string) =>
  readingsOf(text).map((reading) => `${usableCount(reading)} ${reading.keys.kind}`);
const firstOf = (text: string): KeyReading => {
  const [first] = readingsOf(text);
  assert.ok(first, "a reading");
  return first;
};

describe("readingsOf", () => {
  it("takes lines that are all IDs for IDs, and says that they may be UserData", () => {
    assert.deepEqual(kindsOf("40101\n40102\r\n40103\n"), ["3 id", "3 userData"]);
    assert.deepEqual(keysOf(firstOf("40101\n 40102 \n#40103")), [40101, 40102, 40103]);
  });

  it("takes other lines for UserData, exactly as they are written", () => {
    const { keys } = firstOf("CRM-1\n CRM-2 \nCRM-3\t");
    assert.deepEqual(keys, { kind: "userData", userData: ["CRM-1", " CRM-2 ", "CRM-3\t"] });
  });

  it("names the lines that cannot be used, and why", () => {
    const { keys, unusable } = firstOf(["1", "", "2", "  ", "x", "2", ...numbers(3, 40)].join("\n"));
    assert.equal(keys.kind, "id");
    assert.deepEqual(unusable, [
      { line: 2, reason: "line 2: it is blank" },
      { line: 4, reason: "line 4: it is blank" },
      { line: 5, reason: "line 5: it is not an ID, which is a whole number from 1 upwards", value: "x" },
      { line: 6, reason: "line 6 repeats an earlier entry", id: 2 },
    ]);
    assert.equal(unusableLines(firstOf("a\n\nb\n\nc")), "2, 4");
    assert.equal(unusableLines({ ...firstOf("a"), unusable }, 2), "2, 4…");
  });

  it("names the three lines of five thousand that cannot be used (I14)", () => {
    const lines = numbers(1, 5000);
    for (const [line, text] of [
      [1000, "5/lock"],
      [2500, "-7"],
      [5000, "x"],
    ] as const)
      lines[line - 1] = text;
    const reading = firstOf(lines.join("\n"));
    assert.equal(usableCount(reading), 4997);
    assert.equal(unusableLines(reading), "1000, 2500, 5000");
  });

  it("takes IDs that may not be sent for unusable, and never rounds one", () => {
    const { keys, unusable } = firstOf([...numbers(1, 40), "0", "9007199254740993", "5/lock"].join("\n"));
    assert.equal(keysOf({ column: undefined, keys, unusable, names: new Map() }).length, 40);
    assert.deepEqual(
      unusable.map(({ line, value }) => [line, value]),
      [
        [41, "0"],
        [42, "9007199254740993"],
        [43, "5/lock"],
      ],
    );
  });

  it("calls UserData with half a character unusable", () => {
    assert.deepEqual(firstOf("a\nb\ud800").unusable, [
      { line: 2, reason: "line 2: it contains half a character (a lone surrogate)", value: "b⟨U+D800⟩" },
    ]);
  });

  it("takes the named column of a table, by whatever it is parted", () => {
    for (const delimiter of [";", ",", "\t"]) {
      const table = [
        ["Name", "DiallerContactsID", "UserData"],
        ["Brandt", "40101", "CRM-1"],
        [`"Alt${delimiter} Ida"`, "40102", "CRM-2"],
      ];
      const readings = readingsOf(table.map((row) => row.join(delimiter)).join("\r\n"), "test");
      assert.deepEqual(readings.map(keysOf), [
        [40101, 40102],
        ["CRM-1", "CRM-2"],
      ]);
      assert.deepEqual(
        readings.map(({ column }) => column),
        ["DiallerContactsID", "UserData"],
      );
    }
  });

  it("tells the line on which a row of a table begins, also behind a cell of several lines", () => {
    const { unusable } = firstOf('Dialler ID;Comment\n1;"two\nlines"\nx;none\n2;\n');
    assert.deepEqual(
      unusable.map(({ line }) => line),
      [4],
    );
  });

  it("offers every column of a table that names none, and the whole lines last", () => {
    assert.deepEqual(kindsOf("Ida;7\nUwe;8"), ["2 userData", "2 id", "2 userData", "2 userData"]);
  });

  it("takes a first line that names what follows for no entry, also within quotes", () => {
    assert.deepEqual(readingsOf("UserData\n1\n2").map(keysOf), [["1", "2"]]);
    assert.deepEqual(readingsOf("Dialler ID\n1\n2").map(keysOf), [[1, 2]]);
    assert.deepEqual(readingsOf('"ID"\n"40101"\n"40102"').map(keysOf), [
      [40101, 40102],
      ["40101", "40102"],
    ]);
  });

  it("offers both readings for a column called ID, and for digits without a name", () => {
    const [list, ...others] = listsOf("Id,Name\n1001,Berg\n1002,Kurz\n");
    assert.deepEqual(list?.map(keysOf), [
      [1001, 1002],
      ["1001", "1002"],
    ]);
    assert.deepEqual(
      [...(list[0]?.names ?? [])],
      [
        [1001, "Berg"],
        [1002, "Kurz"],
      ],
    );
    assert.deepEqual(others, []);
    assert.equal(listsOf("40101\n40102")[0]?.length, 2);
    assert.equal(listsOf("CRM-1\nCRM-2")[0]?.length, 1);
    assert.equal(listsOf("DiallerContactsID;Name\n1;Berg\n")[0]?.length, 1);
  });

  it("reads no number that a spreadsheet has changed as another one", () => {
    for (const text of ["4,0101E+04\n5,0102E+04", "40.101\n50.102", "40,101\n50,102", "40101,00\n50102,00"]) {
      const [reading, ...others] = readingsOf(text);
      assert.deepEqual(others, []);
      assert.equal(reading && usableCount(reading), 0, text);
      assert.deepEqual(
        reading?.unusable.map(({ line }) => line),
        [1, 2],
      );
    }
    assert.deepEqual(readingsOf('UserData\n="000417"\n').map(keysOf), [["000417"]]);
  });

  it("keeps every digit of a number in JSON", () => {
    assert.deepEqual(readingsOf("[9007199254740993]").map(keysOf), [["9007199254740993"]]);
    assert.equal(
      readingsOf("[1e999]").reduce((sum, reading) => sum + usableCount(reading), 0),
      0,
    );
  });

  it("ends lines in every way, also within one text", () => {
    assert.deepEqual(readingsOf("Name;UserData\nBerg;CRM-1\r\n").map(keysOf), [["CRM-1"]]);
    assert.deepEqual(readingsOf("A-1\r\r\nA-2\rA-3\nA-4\r\n").map(keysOf), [["A-1", "A-2", "A-3", "A-4"]]);
  });

  it("takes no key from a row in which a quoted cell may hide others", () => {
    const reading = firstOf('UserData;Name;Comment\nX-1;"Müller\nX-2;Berg";c\nX-3;Weiß;"two\nlines"\n');
    assert.deepEqual(keysOf(reading), ["X-3"]);
    assert.deepEqual(
      reading.unusable.map(({ reason }) => reason),
      ["line 2: a line break in Name"],
    );
  });

  it("refuses the entry of a broken row alone", () => {
    const reading = firstOf('UserData;Name\nX-1;A\nX-2;"B" C\nX-3;D;E\nX-4;F\n');
    assert.deepEqual(keysOf(reading), ["X-1", "X-4"]);
    assert.deepEqual(
      reading.unusable.map(({ line, reason }) => [line, reason]),
      [
        [3, "line 3: a quotation mark stands in the middle of a cell"],
        [4, "line 4: it has another number of cells than the header"],
      ],
    );
  });

  it("takes several IDs in one line apart, and leaves one UserData with commas whole", () => {
    assert.deepEqual(keysOf(firstOf("40101, 40102,40103")), [40101, 40102, 40103]);
    assert.deepEqual(keysOf(firstOf("Brandt, Ida")), ["Brandt, Ida"]);
  });

  it("reads a JSON array of IDs, of UserData or of records, and a saved reply", () => {
    assert.deepEqual(keysOf(firstOf('[40101, "40102"]')), [40101, 40102]);
    assert.deepEqual(keysOf(firstOf('["a", "b,c"]')), ["a", "b,c"]);
    const records = '[{"ID":1,"UserData":"a","Name":"x"},{"ID":2,"UserData":null}]';
    assert.deepEqual(readingsOf(records).map(keysOf), [[1, 2], ["1", "2"], ["a"]]);
    assert.deepEqual(keysOf(firstOf(`{"records":${records},"count":2,"status":200}`)), [1, 2]);
  });

  it("reads IDs from lines of the log, each once, and leaves the rest of it", () => {
    const log = [
      "2026-05-01 10:00:00.000 [info] production lock #40101 done HTTP 200 12 ms",
      "2026-05-01 10:00:00.000 [error] production lock #40102 failed HTTP 500 12 ms : no",
      "2026-05-01 10:00:01.000 [error] production delete #40102 unknown HTTP - 30000 ms",
      "2026-05-01 10:00:01.000 [info] Locked 1 of 2 on production: 1 done, 1 failed.",
      "2026-05-01 10:00:02.000 [info] production import #40103 done HTTP 200 12 ms : line 2",
      "2026-05-01 10:00:02.000 [warning] production import #- skipped HTTP - 0 ms : line 3: it has no name",
    ];
    assert.deepEqual(readingsOf(log.join("\n"), "production").map(keysOf), [[40101, 40102, 40103]]);
  });

  it("takes no ID from a line of the log that is about another endpoint", () => {
    const log = [
      "2026-05-01 10:00:00.000 [info] production lock #1 done HTTP 200 12 ms",
      "test lock #2 done HTTP 200 12 ms",
      "lock #3 done HTTP 200 12 ms",
      "2026-05-01 10:00:00.000 [info] test (old) lock #4 done HTTP 200 12 ms",
      "2026-05-01 10:00:00.000 [info] test lock #1 done HTTP 200 12 ms",
    ];
    const [reading] = readingsOf(log.join("\n"), "test");
    assert.deepEqual(reading && keysOf(reading), [2, 3, 1]);
    assert.deepEqual(
      reading?.unusable.map(({ reason }) => reason),
      ["line 1: it belongs to another endpoint", "line 4: it belongs to another endpoint"],
    );
  });

  it("takes the ID that a restored contact has now", () => {
    const log = [
      "test restore #5 done HTTP 200 12 ms : is now #77; locked again",
      "test restore #6 failed HTTP 500 12 ms : #88 says no",
    ];
    assert.deepEqual(readingsOf(log.join("\n"), "test").map(keysOf), [[77, 6]]);
  });

  it("finds no way to read an empty text, and one without anything usable in blank lines", () => {
    assert.deepEqual(readingsOf("", "test"), []);
    const [only, ...others] = readingsOf("  \n\t", "test");
    assert.deepEqual(others, []);
    assert.equal(only && usableCount(only), 0);
  });

  it("accounts for every line of a list: used once or named as unusable", () => {
    const line = fc.oneof(
      fc.stringMatching(/^[ !#-+./0-Z^-~]{1,12}$/),
      fc.integer({ min: -5, max: 60 }).map(String),
      fc.constantFrom("", " ", "ä", "\ud83d", "\ufeff", "__proto__"),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        // A last line that says something: empty lines behind the list belong to nobody.
        const text = [...lines, "last"].join("\n");
        for (const reading of readingsOf(`x\n${text}`, "test")) {
          const used: readonly (string | number)[] = keysOf(reading);
          assert.equal(new Set(used).size, used.length);
          assert.equal(used.length + reading.unusable.length, lines.length + 2);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads a hundred thousand lines at once", () => {
    assert.equal(usableCount(firstOf(numbers(1, 100_000).join("\n"))), 100_000);
  });
});

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => String(from + at));
}
