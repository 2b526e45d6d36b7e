import assert from "node:assert/strict";
import fc from "fast-check";
import { BrokenJson } from "../../../../../src/dialler/api/scan/jsonBytes";
import { RecordScanner } from "../../../../../src/dialler/api/scan/recordScanner";
import {
  assertReadsLikeJsonParse,
  assertSameScan,
  chunksAt,
  chunksOf,
  parseReply,
  type Scan,
  scanReply,
  wanted,
} from "./scanReply";

const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });
const seldomSpace = fc.oneof({ weight: 8, arbitrary: fc.constant("") }, space);
const hex = fc.stringMatching(/^[0-9a-fA-F]{4}$/);
const letter = fc.oneof(
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 3 })
    .map((text) => JSON.stringify(text).slice(1, -1)),
  hex.map((code) => `\\u${code}`),
  fc.constantFrom(
    "\\n",
    "\\/",
    "\\\\",
    '\\"',
    "\\b",
    "\\f",
    "\\r",
    "\\t",
    "]}",
    "},{",
    "\u2028",
    "\ufeff",
    "null",
  ),
);
const string = fc.array(letter, { maxLength: 5 }).map((letters) => `"${letters.join("")}"`);
const number = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

/** A name with some of its letters written as escapes. */
const wantedKey = fc
  .tuple(fc.constantFrom(...wanted.keys()), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }))
  .map(([name, escaped]) => {
    const letters = name.split("").map((unit, index) => {
      const half = /[\ud800-\udfff]/.test(unit);
      return escaped[half ? 0 : index % 12] === true
        ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
        : unit;
    });
    return `"${letters.join("")}"`;
  });
const key = fc.oneof(
  wantedKey,
  fc.constantFrom(...wanted.keys()).map((name) => JSON.stringify(name)),
  fc.constantFrom('"I"', '"IDs"', '"Nam"', '"Name1"', '"aa"', '"blocked"', '"toString"', '"records"'),
  string,
);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("null", "null", "true", "false"),
    number,
    string,
    fc.array(tie("value"), { maxLength: 4 }).chain((values) => joined("[", values, "]")),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).chain((members) =>
      joined(
        "{",
        members.map(([name, text]) => `${name}:${text}`),
        "}",
      ),
    ),
  ),
}));

/** The parts with brackets, commas and any space around them. */
function joined(open: string, parts: readonly string[], close: string): fc.Arbitrary<string> {
  return fc.tuple(seldomSpace, seldomSpace).map(([before, behind]) => {
    const inner = parts.map((part) => `${before}${part}${behind}`).join();
    return `${open}${inner === "" ? before : inner}${close}`;
  });
}

const member = fc
  .tuple(key, seldomSpace, seldomSpace, value)
  .map(([name, before, behind, text]) => `${name}${before}:${behind}${text}`);

/** Records of any members in any order. */
const anyRecord = fc.array(member, { maxLength: 9 }).chain((members) => joined("{", members, "}"));

/** Records as servers write them: the same members in one order, many of them null, some of them left out. */
const table = fc.uniqueArray(key, { minLength: 1, maxLength: 9 }).chain((columns) => {
  const cell = fc.oneof(
    { weight: 5, arbitrary: fc.constant("null") },
    { weight: 2, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  const row = fc
    .tuple(
      fc.array(cell, { minLength: columns.length, maxLength: columns.length }),
      fc.constantFrom(":", ":", ":", " : "),
    )
    .chain(([cells, colon]) => {
      const members = columns.flatMap((name, index) => {
        const text = cells[index];
        return text === undefined ? [] : [`${name}${colon}${text}`];
      });
      return fc
        .oneof(fc.constant(members), fc.shuffledSubarray(members))
        .chain((list) => joined("{", list, "}"));
    });
  return fc.array(row, { maxLength: 9 });
});

const list = fc
  .oneof(fc.array(anyRecord, { maxLength: 6 }), table)
  .chain((records) => joined("[", records, "]"));

const envelopeMember = fc
  .tuple(
    fc.oneof(
      string,
      fc.constantFrom('"count"', '"status"', '"st\\u0061tus"', '"filter"', '"__proto__"', '"Records"'),
    ),
    value,
  )
  .map(([name, text]) => `${name}:${text}`);

const reply = fc
  .tuple(
    fc.array(envelopeMember, { maxLength: 4 }),
    fc.constantFrom('"records"', '"records"', '"\\u0072ecord\\u0073"'),
    list,
    fc.array(envelopeMember, { maxLength: 4 }),
    fc.constantFrom("", "", "\ufeff"),
    seldomSpace,
  )
  .chain(([before, name, records, after, mark, around]) =>
    joined("{", [...before, `${name}:${records}`, ...after], "}").map((text) =>
      Buffer.from(`${mark}${around}${text}${around}`),
    ),
  );

const places = fc.array(fc.nat({ max: 2000 }), { maxLength: 12 });

function assertAnyChunking(bytes: Buffer, cuts: readonly number[]): Scan {
  const scan = scanReply([bytes]);
  assertReadsLikeJsonParse(bytes, scan);
  assertSameScan(scanReply(chunksOf(bytes, 1)), scan);
  const within = cuts.map((place) => place % (bytes.length + 1));
  assertSameScan(scanReply(chunksAt(bytes, within)), scan);
  return scan;
}

function scanText(text: string): Scan {
  return assertAnyChunking(Buffer.from(text), []);
}

/** The values of a slot, record by record. */
function picked(text: string, slot: number): (string | undefined)[] {
  return scanText(text).records.map(({ picks }) => picks[slot]);
}

describe("RecordScanner", () => {
  it("reads of any list reply what JSON.parse reads, in any chunking", function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(reply, places, (bytes, cuts) => {
        assert.equal(assertAnyChunking(bytes, cuts).ending, "whole");
      }),
      { numRuns: 1500 },
    );
  });

  it("calls a reply cut, wherever it was cut, and tells of every record before", function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(reply, fc.nat(), places, (bytes, seed, cuts) => {
        const whole = scanReply([bytes]);
        const end = bytes.lastIndexOf("}");
        const cut = seed % (end + 1);
        const scan = assertAnyChunking(bytes.subarray(0, cut), cuts);
        assert.equal(scan.ending, "cut");
        const before = whole.ends.filter((place) => place <= cut);
        assert.deepEqual(scan.ends, before);
        assert.deepEqual(scan.records, whole.records.slice(0, before.length));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes nothing that JSON.parse refuses, and tells of every record before the damage", function () {
    this.timeout(30_000);
    const change = fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.oneof(
        fc.constantFrom(...'{}[],:"\\ 01-.en'.split("")).map((sign) => Buffer.from(sign)),
        fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
      ),
    );
    fc.assert(
      fc.property(reply, fc.array(change, { minLength: 1, maxLength: 3 }), places, (bytes, changes, cuts) => {
        let changed = bytes;
        let unharmed = bytes.length;
        for (const [seed, deleted, inserted] of changes) {
          const place = seed % (changed.length + 1);
          changed = Buffer.concat([changed.subarray(0, place), inserted, changed.subarray(place + deleted)]);
          unharmed = Math.min(unharmed, place);
        }
        const scan = assertAnyChunking(changed, cuts);
        const before = scanReply([bytes]).ends.filter((place) => place <= unharmed);
        assert.deepEqual(scan.ends.slice(0, before.length), before);
      }),
      { numRuns: 2000 },
    );
  });

  it("is read the same when it is split at any one place", () => {
    const text =
      '\ufeff {"filter":"é😀\\ud83d\\ude00","count":-12.5e+10 ,"records":[ {"ID":1,"é\\ud83d\\ude00":"\\u00e9","a":null,"":null},' +
      '{"ID":-0.5E-7,"é😀":"😀" ,"a":null,"":null},{"ID":true,"é😀":[{"a":[1,2]}],"a":null,"":"\\\\"}],"status":200} \n';
    const bytes = Buffer.from(text);
    const whole = scanReply([bytes]);
    assertReadsLikeJsonParse(bytes, whole);
    assert.equal(whole.records.length, 3);
    for (let place = 0; place <= bytes.length; place++) {
      assertSameScan(scanReply(chunksAt(bytes, [place])), whole);
    }
  });

  it("takes the last of several members of one name", () => {
    assert.deepEqual(
      picked(
        '{"records":[{"a":1,"a":2},{"a":1,"a":null},{"a":null,"a":3},{"a":1,"\\u0061":4},{"a":null,"ID":null,"a":null},{}]}',
        2,
      ),
      ["2", "null", "3", "4", "null", undefined],
    );
  });

  it("takes the first of several members where that was asked for, a null too, whatever its name", () => {
    const records = [
      '{"Lock":1,"bLocked":2}',
      '{"bLocked":2,"Lock":1}',
      '{"Lock":null,"bLocked":2}',
      '{"a":null,"bLocked":null,"Lock":true}',
      '{"a":null,"bLocked":null,"Lock":null}',
      '{"a":null,"bLocked":null,"Lock":7,"bLocked":8}',
      '{"a":null}',
    ];
    const expected = ["1", "2", "null", "null", "null", "null", undefined];
    for (const order of [records, records.toReversed()]) {
      const values = picked(`{"records":[${order.join()}]}`, 6);
      assert.deepEqual(values, order === records ? expected : expected.toReversed());
    }
  });

  it("finds every value, whichever members of a record are null", () => {
    const row = (...cells: readonly string[]): string => {
      const names = ["x", "ID", "Name", "a", "y", "constructor"];
      return `{${names.map((name, index) => `"${name}":${cells[index] ?? "null"}`).join()}}`;
    };
    const rows = [
      row(),
      row("1"),
      row("1", "null", "2"),
      row(),
      row("null", "5", "null", "6"),
      row("null", "5", "null", "6"),
      row(),
      row("null", "null", "null", "null", "9"),
      row(),
      row("null", "null", "null", "null", "null", "10"),
      row(),
    ];
    const names = ["ID", "Name", "a", "constructor"];
    const scan = scanText(`{"records":[${[...rows, ...rows, ...rows].join()}]}`);
    for (const [index, { text, picks }] of scan.records.entries()) {
      assert.equal(text, rows[index % rows.length]);
      const parsed = JSON.parse(text) as Readonly<Record<string, unknown>>;
      for (const name of names) {
        const slot = wanted.get(name) ?? NaN;
        assert.equal(picks[slot], JSON.stringify(parsed[name]), `${name} in record ${index}`);
      }
    }
  });

  it("refuses a comma before a bracket, a missing and a double one, everywhere", () => {
    for (const text of [
      '{"records":[],}',
      '{,"records":[]}',
      '{"records":[{},]}',
      '{"records":[,{}]}',
      '{"records":[{},,{}]}',
      '{"records":[{}{}]}',
      '{"records":[{"a":1,}]}',
      '{"records":[{,"a":1}]}',
      '{"records":[{"a":1 "b":2}]}',
      '{"records":[{"a":null,"b":null,}]}',
      '{"records":[{"a":[1,]}]}',
      '{"records":[] "count":1}',
      '{"records":[{"a":null,"b":null},{"a":null,"b":null,}]}',
      '{"records":[{"a":null,"b":null},{"a":null,"b":nullx}]}',
      '{"records":[]}}',
      '{"records":[]}{"records":[]}',
      '{"records":[]]',
      "{'records':[]}",
    ]) {
      assert.equal(scanText(text).ending, "notJson", text);
    }
  });

  it("calls JSON that is no list a wrong shape, and a page no JSON at all", () => {
    for (const text of [
      "{}",
      '{"status":200}',
      '{"records":null}',
      '{"records":{}}',
      '{"records":"[]"}',
      '{"records":[1]}',
      '{"records":[null]}',
      '{"records":[[]]}',
      '{"records":[{},"x"]}',
      '{"records":[],"records":[]}',
      '{"records":[{}],"records":[]}',
      '{"records":[],"\\u0072ecords":[]}',
      '{"records":[],"records":null}',
      "[]",
      '[{"ID":1}]',
      '"records"',
      "200",
      "-1",
      "null",
      "true ",
      " false",
    ]) {
      assert.equal(scanText(text).ending, "wrongShape", text);
    }
    for (const text of [
      "<!doctype html><p>Bad gateway",
      "not found",
      "forbidden",
      "temporarily out of order",
      "\u00a0{}",
    ]) {
      assert.equal(scanText(text).ending, "notJson", text);
    }
    for (const text of ["", " \n", "\ufeff", "{", '{"records":[{"a":1}', '{"records":[1']) {
      assert.equal(scanText(text).ending, "cut", text);
    }
  });

  it("takes a byte order mark at the very start only", () => {
    assert.equal(scanText('\ufeff{"records":[]}').ending, "whole");
    for (const text of [
      '\ufeff\ufeff{"records":[]}',
      ' \ufeff{"records":[]}',
      '{\ufeff"records":[]}',
      '{"records":[]}\ufeff',
    ]) {
      assert.equal(scanText(text).ending, "notJson", text);
    }
  });

  it("reads values that are 200 levels deep", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    assert.equal(scanText(`{"x":${nested(200)},"records":[{"a":${nested(200)}}]}`).ending, "whole");
    assert.equal(scanText(`{"x":${nested(201)},"records":[]}`).ending, "wrongShape");
    assert.equal(scanText(`{"records":[{"b":1},{"a":${nested(201)}}]}`).ending, "wrongShape");
  });

  it("says where the reply is broken, counted from its start", () => {
    for (const size of [1, 3, 1000]) {
      for (const text of [
        '{"records":[{"a":1},{"a":2},{"a":03}]}',
        '{"count":01}',
        '{"records":[{"a":1},5]}',
      ]) {
        const scan = scanReply(chunksOf(Buffer.from(text), size));
        assert.equal(scan.brokenAt, text.search(/3\}|1\}$|5\]/), text);
      }
    }
  });

  it("gives the last count and status as they are written", () => {
    const { count, status } = scanText(
      '{"count":1,"status":"x","records":[],"count" : 2e0 ,"st\\u0061tus":[2, 0]}',
    );
    assert.deepEqual([count, status], ["2e0", "[2, 0]"]);
  });

  it("lets an error of the one who is told pass through", () => {
    const full = new Error("disk full");
    const scanner = new RecordScanner({
      slots: 0,
      slotOf: () => undefined,
      onRecord: () => {
        throw full;
      },
    });
    assert.throws(
      () => scanner.push(Buffer.from('{"records":[{}]}')),
      (error) => error === full && !(error instanceof BrokenJson),
    );
  });
});

describe("RecordScanner on large replies", function () {
  this.timeout(60_000);

  it("keeps no more than twice the record that is being read, and a chunk", () => {
    const chunk = 1000;
    const sizes = [10, 50_000, 10, 10, 3000, 200_000, 10];
    const records = sizes.map((size) => `{"ID":1,"x":"${"y".repeat(size)}"}`);
    for (const size of sizes) {
      const small = Array.from({ length: 20 }, () => `{"x":"${"y".repeat(size)}"}`);
      const { ending, mostPending } = scanReply(
        chunksOf(Buffer.from(`{"records":[${small.join()}]}`), chunk),
      );
      assert.equal(ending, "whole");
      assert.ok(mostPending <= 2 * (size + 8) + chunk, `${mostPending} bytes for records of ${size}`);
    }
    const { mostPending } = scanReply(chunksOf(Buffer.from(`{"records":[${records.join()}]}`), chunk));
    assert.ok(mostPending <= 2 * 200_030 + chunk, String(mostPending));
  });

  it("keeps nothing of records that were read", () => {
    let pending = 0;
    const scanner = new RecordScanner({ slots: 0, slotOf: () => undefined, onRecord: () => undefined });
    scanner.push(Buffer.from('{"records":['));
    for (let index = 0; index < 1000; index++) {
      scanner.push(Buffer.from(`${index === 0 ? "" : ","}{"x":${index}}`));
      pending = Math.max(pending, scanner.pending);
    }
    assert.equal(pending, 0);
  });

  it("tells of each record at once again after a long one", () => {
    let records = 0;
    const scanner = new RecordScanner({
      slots: 0,
      slotOf: () => undefined,
      onRecord: () => {
        records++;
      },
    });
    const long = `{"records":[{"x":"${"y".repeat(50_000)}"}`;
    const short = `,{"x":"${"y".repeat(1000)}"}`;
    for (const chunk of chunksOf(Buffer.from(long + short.repeat(100)), 100)) scanner.push(chunk);
    for (let index = 1; index <= 100; index++) {
      scanner.push(Buffer.from(short));
      assert.equal(records, 101 + index);
    }
  });

  it("reads a record of 20 MB in small chunks about as fast as in one", () => {
    const words = Buffer.from(`{"records":[{"a":[${'"lorem ipsum", 12345, null, '.repeat(740_000)}0]}]}`);
    const inOne = msFor(() => assert.equal(scanReply([words]).ending, "whole"));
    const inChunks = msFor(() => assert.equal(scanReply(chunksOf(words, 0x10000)).ending, "whole"));
    assert.ok(inChunks < 10 * Math.max(inOne, 20), `${inChunks} ms in chunks, ${inOne} ms in one`);
  });

  it("reads a million tiny records as fast as a hundred thousand, each", () => {
    const replyOf = (count: number): Buffer =>
      Buffer.from(`{"records":[${'{"ID":1},'.repeat(count - 1)}{}]}`);
    const msOf = (count: number): number => {
      const chunks = chunksOf(replyOf(count), 0x10000);
      return msFor(() => {
        let records = 0;
        const scanner = new RecordScanner({
          slots: 1,
          slotOf: () => 0,
          onRecord: () => {
            records++;
          },
        });
        for (const chunk of chunks) scanner.push(chunk);
        assert.ok(scanner.end());
        assert.equal(records, count);
      });
    };
    const some = msOf(100_000);
    const many = msOf(1_000_000);
    assert.ok(many < 50 * Math.max(some, 10), `${many} ms for a million, ${some} ms for a tenth of them`);
  });

  it("reads one byte at a time in time that grows as the bytes do", () => {
    for (const record of ['{"ID":1,"Name":"x"},', `{"ID":1,"Name":"${"x".repeat(50_000)}"},`]) {
      const replyOf = (size: number): Buffer =>
        Buffer.from(`{"records":[${record.repeat(Math.ceil(size / record.length))}{}]}`);
      const msOf = (size: number): number => {
        const chunks = chunksOf(replyOf(size), 1);
        return msFor(() => assert.equal(scanReply(chunks).ending, "whole"));
      };
      msOf(50_000);
      const few = msOf(50_000);
      const many = msOf(200_000);
      assert.ok(many < 12 * Math.max(few, 10), `${many} ms for 200 kB, ${few} ms for 50 kB`);
    }
    const huge = Buffer.from(`{"records":[{"a":"${"x".repeat(200_000)}"}]}`);
    const small = Buffer.from(`{"records":[{"a":"${"x".repeat(50_000)}"}]}`);
    const few = msFor(() => scanReply(chunksOf(small, 1)));
    const many = msFor(() => scanReply(chunksOf(huge, 1)));
    assert.ok(many < 12 * Math.max(few, 10), `${many} ms for 200 kB in one record, ${few} ms for 50 kB`);
  });

  it("reads 50,000 records in chunks as JSON.parse does", () => {
    const record = (index: number): string =>
      JSON.stringify({
        ID: index,
        x: null,
        y: null,
        Name: `N${index % 7}`,
        a: index % 5 === 0 ? null : index,
        z: null,
      });
    const bytes = Buffer.from(
      `{"records":[${Array.from({ length: 50_000 }, (_, index) => record(index)).join()}]}`,
    );
    const scan = scanReply(chunksOf(bytes, 0x10000));
    assert.deepEqual(scan.records, parseReply(bytes).records);
  });
});

/** Of this process alone, and the least of three: what else the machine is doing does not count. */
function msFor(work: () => void): number {
  const measured = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...measured);
}
