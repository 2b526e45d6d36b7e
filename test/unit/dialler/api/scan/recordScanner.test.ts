import assert from "node:assert/strict";
import fc from "fast-check";
import { BrokenJson } from "../../../../../src/dialler/api/scan/jsonBytes";
import { RecordScanner } from "../../../../../src/dialler/api/scan/recordScanner";

import {
  assertReadsLikeJsonParse,
  assertSameScan,
  chunksAt,
  chunksOf,
  scanReply,
  wanted,
  assertAnyChunking,
  scanText,
  picked,
} from "../../../../support/dialler/scan/scanReply";
import { anyReply, places } from "../../../../support/dialler/scan/anyReply";

describe("RecordScanner", () => {
  it("reads of any list reply what JSON.parse reads, in any chunking", function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(anyReply, places, (bytes, cuts) => {
        assert.equal(assertAnyChunking(bytes, cuts).ending, "whole");
      }),
      { numRuns: 1500 },
    );
  });

  it("calls a reply cut, wherever it was cut, and tells of every record before", function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(anyReply, fc.nat(), places, (bytes, seed, cuts) => {
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
      fc.property(
        anyReply,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        places,
        (bytes, changes, cuts) => {
          let changed = bytes;
          let unharmed = bytes.length;
          for (const [seed, deleted, inserted] of changes) {
            const place = seed % (changed.length + 1);
            changed = Buffer.concat([
              changed.subarray(0, place),
              inserted,
              changed.subarray(place + deleted),
            ]);
            unharmed = Math.min(unharmed, place);
          }
          const scan = assertAnyChunking(changed, cuts);
          const before = scanReply([bytes]).ends.filter((place) => place <= unharmed);
          assert.deepEqual(scan.ends.slice(0, before.length), before);
        },
      ),
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

  it("reads values however deep they are nested, so that one record does not cost the list", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    for (const depth of [200, 201, 500, 1500]) {
      const scan = scanText(`{"x":${nested(depth)},"records":[{"b":1},{"a":${nested(depth)}},{"a":2}]}`);
      assert.equal(scan.ending, "whole");
      assert.equal(scan.records.length, 3);
    }
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
