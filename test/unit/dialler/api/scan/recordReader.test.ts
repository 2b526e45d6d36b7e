import assert from "node:assert/strict";
import fc from "fast-check";
import { exchange, type Reply } from "../../../../../src/dialler/api/http/exchange";
import { UnreadableReply } from "../../../../../src/dialler/api/http/replyErrors";
import { isRecord } from "../../../../../src/dialler/api/record/isRecord";
import type { WireRecord } from "../../../../../src/dialler/api/record/wire";
import { readRecords, recordsOf, statusContradicts } from "../../../../../src/dialler/api/scan/recordReader";
import { accessTo, rejection, scriptedServers } from "../../../../support/dialler/clientFor";
import * as reply from "../../../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../../../support/dialler/scriptedReply";
import type { ScriptedServer } from "../../../../support/dialler/scriptedServer";

const cap = 50 * 1024 * 1024;

interface Read {
  readonly records: readonly WireRecord[];
  readonly announced: number | undefined;
}

async function read(answered: Reply): Promise<Read> {
  const records: WireRecord[] = [];
  let announced: number | undefined;
  for await (const batch of readRecords(answered, cap)) {
    records.push(...batch.records);
    announced = batch.announced ?? announced;
  }
  return { records, announced };
}

describe("readRecords", () => {
  const start = scriptedServers();
  let server: ScriptedServer | undefined;
  let current: ScriptedReply = reply.hangUp();
  afterEach(() => {
    server = undefined;
  });
  const answerTo = async (answer: ScriptedReply): Promise<Reply> => {
    current = answer;
    server ??= await start(() => (socket, reader) => {
      socket.setNoDelay(true);
      return current(socket, reader);
    });
    return exchange(accessTo(server.baseUrl), { method: "GET", path: ["x"], deadlines: { totalMs: 5000 } });
  };
  const failureFor = async (answer: ScriptedReply): Promise<unknown> =>
    rejection(read(await answerTo(answer)));

  it("reads the list as the dialler sends it, members in any order, unknown ones kept", async () => {
    const records = [{ ID: 1, Name: "Müller", New: { a: [1, { b: null }] } }, { Name: "☎", ID: "2" }, {}];
    for (const body of [
      {
        filter: "",
        limitStart: 0,
        limitPageSize: -1,
        records,
        count: 3,
        orderBy: "Name",
        ascending: true,
        status: 200,
      },
      { status: 200, count: 3, records },
      { count: 3, later: { records: [] }, records, earlier: [[], [{ records: 1 }]] },
    ]) {
      assert.deepEqual(await read(await answerTo(reply.json(200, body))), { records, announced: 3 });
      assert.deepEqual(await read(await answerTo(reply.gzipped(200, body))), { records, announced: 3 });
    }
  });

  it("tells the count that the server announced, also when it is another one", async () => {
    assert.equal((await read(await answerTo(reply.json(200, { records: [{}], count: 7 })))).announced, 7);
    assert.equal((await read(await answerTo(reply.json(200, { records: [], count: 0 })))).announced, 0);
    assert.equal((await read(await answerTo(reply.json(200, { records: [] })))).announced, undefined);
  });

  it("reads every charset that the server names, and a byte order mark (H27)", async () => {
    const body = '{"records":[{"Name":"Müller"}],"count":1,"status":200}';
    for (const [bytes, charset] of [
      [Buffer.from(body, "latin1"), "ISO-8859-1"],
      [Buffer.from(`\ufeff${body}`, "utf16le"), "utf-16le"],
      [Buffer.from(`\ufeff${body}`), "utf-8"],
      [Buffer.from(body), "utf-8"],
    ] as const) {
      const answer = reply.text(200, bytes, { "Content-Type": `application/json; charset=${charset}` });
      assert.deepEqual((await read(await answerTo(answer))).records, [{ Name: "Müller" }], charset);
    }
  });

  it("takes nothing for an empty list that is not one", async () => {
    for (const [body, how] of [
      ["{}", "wrongShape"],
      ['{"records":null}', "wrongShape"],
      ['{"records":{}}', "wrongShape"],
      ['{"records":"[]"}', "wrongShape"],
      ['{"records":0}', "wrongShape"],
      ['{"Records":[]}', "wrongShape"],
      ['{"x":{"records":[]}}', "wrongShape"],
      ["[]", "wrongShape"],
      ['[{"records":[]}]', "wrongShape"],
      ["null", "wrongShape"],
      ["true", "wrongShape"],
      ['"records"', "wrongShape"],
      ["7", "wrongShape"],
      ['{"records":[1]}', "wrongShape"],
      ['{"records":[null]}', "wrongShape"],
      ['{"records":[[]]}', "wrongShape"],
      ['{"records":[{"ID":1},"x"]}', "wrongShape"],
      ["<html>login</html>", "notJson"],
      ["login please", "notJson"],
    ] as const) {
      const error = await failureFor(reply.text(200, body));
      assert.ok(error instanceof UnreadableReply, body);
      assert.ok(
        error.how === how || (how === "wrongShape" && error.how === "notJson"),
        `${body}: ${error.how}`,
      );
    }
    assert.ok((await failureFor(reply.empty(200))) instanceof UnreadableReply);
    assert.ok((await failureFor(reply.empty(204))) instanceof UnreadableReply);
  });

  it("takes a 2xx for a failure where its own status says so", async () => {
    for (const status of [500, "500", 404, 301, 0]) {
      for (const body of [
        { records: [], count: 0, status },
        { status, records: [{ ID: 1 }], count: 1 },
      ]) {
        const error = await failureFor(reply.json(200, body));
        assert.ok(error instanceof UnreadableReply && error.how === "statusInBody", JSON.stringify(body));
      }
    }
  });

  it("never takes a list for a shorter one, wherever it is cut", async () => {
    const body = JSON.stringify({ count: 2, records: [{ ID: 1, Name: 'a"]}' }, { ID: 2 }], status: 200 });
    for (let length = 0; length < body.length; length++) {
      const error = await failureFor(reply.text(200, body.slice(0, length)));
      assert.ok(error instanceof UnreadableReply, body.slice(0, length));
    }
  });

  it("is harmed by no member of a record", async () => {
    const body =
      '{"records":[{"ID":1,"__proto__":{"polluted":1},"constructor":2,"toString":3}],"__proto__":{"status":500},"count":1}';
    const { records } = await read(await answerTo(reply.text(200, body)));
    assert.equal(
      JSON.stringify(records),
      '[{"ID":1,"__proto__":{"polluted":1},"constructor":2,"toString":3}]',
    );
    assert.equal(Object.getPrototypeOf(records[0]), Object.prototype);
    assert.ok(!("polluted" in {}));
  });

  it("reads the same as JSON.parse does, however the bytes are written and divided", async function () {
    this.timeout(10_000);
    const record = fc.dictionary(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("ID", "records", "count", "Name")),
      fc.jsonValue(),
    );
    const spaces = fc.constantFrom(0, 1, "\t", "\r\n ");
    const envelope = fc.record({
      before: fc.jsonValue(),
      records: fc.array(record, { maxLength: 6 }),
      after: fc.jsonValue(),
      count: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(
        envelope,
        spaces,
        fc.integer({ min: 5, max: 80 }),
        fc.boolean(),
        async (list, space, size, escaped) => {
          const text = JSON.stringify(list, null, space);
          const ascii = text.replace(
            /[\u0080-\uffff]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
          );
          const bytes = Buffer.from(escaped ? ascii : text);
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          );
          const { records, announced } = await read(await answerTo(reply.chunked(200, pieces)));
          const expected = JSON.parse(bytes.toString()) as { records: unknown };
          assert.equal(JSON.stringify(records), JSON.stringify(expected.records));
          assert.equal(announced, list.count);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes nothing for JSON that JSON.parse does not", async function () {
    this.timeout(10_000);
    const good =
      '{"count":2,"records":[{"ID":1,"Name":"a\\"\\u00fcb","x":[1.5e3,true,null]},{"ID":2}],"status":200}';
    const junk = fc.constantFrom(
      ",",
      "}",
      "]",
      "[",
      "{",
      '"',
      ":",
      "0",
      "x",
      "\\",
      "\u0000",
      "-",
      ".",
      "e",
      "t",
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.constantFrom(0, 1), junk, async (at, removed, put) => {
        const text = good.slice(0, at) + put + good.slice(at + removed);
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          const error = await failureFor(reply.text(200, text));
          assert.ok(error instanceof UnreadableReply, text);
          return;
        }
        if (!isRecord(expected) || !Array.isArray(expected.records) || !expected.records.every(isRecord))
          return;
        if (statusContradicts(expected)) return;
        const { records } = await read(await answerTo(reply.text(200, text)));
        assert.equal(JSON.stringify(records), JSON.stringify(expected.records), text);
      }),
      { numRuns: 300 },
    );
  });
});

describe("recordsOf", () => {
  const start = scriptedServers();

  it("reads an envelope whole, and says how it is none", async () => {
    const server = await start(() => reply.json(200, {}));
    const answered = await exchange(accessTo(server.baseUrl), {
      method: "GET",
      path: ["x"],
      deadlines: { totalMs: 5000 },
    });
    const read = (text: string) => recordsOf(answered, Buffer.from(text));
    const body = await answered.body();
    assert.throws(() => recordsOf(answered, body), { how: "wrongShape" });
    assert.throws(() => read(""), { how: "notJson" });
    for (const other of [
      "[]",
      "null",
      '{"records":{}}',
      '{"records":[1]}',
      '{"records":[{},null]}',
      '{"records":[[]]}',
    ]) {
      assert.throws(() => read(other), { how: "wrongShape" });
    }
    assert.throws(() => read('{"records":[],"status":500}'), { how: "statusInBody" });
    assert.deepEqual(read('\ufeff{"records":[{"ID":1}],"count":"1"}'), {
      records: [{ ID: 1 }],
      count: undefined,
    });
    assert.deepEqual(read('{"records":[],"count":3}'), { records: [], count: 3 });
  });
});

describe("statusContradicts", () => {
  it("is a status outside 2xx, and not a missing one or a word", () => {
    for (const status of [500, "500", 404, 199, 300, 0, "0", -1])
      assert.equal(statusContradicts({ status }), true);
    for (const status of [200, "200", 204, 299, null, undefined, "ok", {}, NaN])
      assert.equal(statusContradicts({ status }), false);
    assert.equal(statusContradicts({}), false);
  });
});
