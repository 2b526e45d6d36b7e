import assert from "node:assert/strict";
import { RecordScanner } from "../../../../../src/dialler/api/scan/recordScanner";

import { chunksOf, parseReply, scanReply } from "../../../../support/dialler/scan/scanReply";

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
