import assert from "node:assert/strict";
import {
  dialler,
  endStartedDiallers,
  listed,
  outcomesOf,
  run,
  start,
} from "../../../support/dialler/checkedRun";
import * as reply from "../../../support/dialler/scriptedReply";
import { batchOf, type Script } from "../../../support/dialler/smallDialler";

/** JSON as a server may spell it, which JSON.stringify never does. */
type Spelling = string | Buffer;

const bad = Buffer.from('"caf\xe9"', "latin1");
const lost: readonly [what: string, spelling: Spelling, reason: RegExp][] = [
  ["a byte of another charset", bad, /bytes that are not valid text/],
  ["half an emoji in UTF-8", Buffer.from("22eda0bd22", "hex"), /bytes that are not valid text/],
  ["half a character at the end of a text", Buffer.from("22e28222", "hex"), /bytes that are not valid text/],
  ["a bad byte in a member name", Buffer.concat([Buffer.from("{"), bad, Buffer.from(":1}")]), /valid text/],
  ["a bad byte beside a real replacement character", Buffer.from("22efbfbdff22", "hex"), /valid text/],
  ...[
    "1e999",
    "-1E400",
    "1e-400",
    "1.00000000000000001",
    "12345678901234567890",
    "9007199254740993",
    "36028797018963968",
    "12345678.9012345678",
    "999999999999999.99",
    '[{"deep":0.1234567890123456789}]',
  ].map((number): [string, string, RegExp] => [number, number, /number that would be rounded/]),
];

const whole: readonly [what: string, spelling: Spelling][] = [
  ["a replacement character that the server sent", Buffer.from("22efbfbd22", "hex")],
  ["a replacement character as an escape", String.raw`"\ufffd"`],
  ["half an emoji as an escape", String.raw`"\ud83d"`],
  ["a long number in a text", '"12345678901234567890"'],
  ...["-0", "0e999", "1.50", "1e3", "123456789012345.6", "9007199254740991", "0.84551240822557006"].map(
    (number): [string, string] => [number, number],
  ),
];

describe("a run that keeps the records", function () {
  this.timeout(20_000);
  endStartedDiallers();

  /** A dialler whose contacts, from ID 1 on, have a member in these spellings. */
  const spelling = async (spellings: readonly Spelling[], hasBatch: boolean): Promise<void> => {
    const script: Script = ({ kind, id, request }, ordinary) => {
      if (kind === "batch" && !hasBatch) return reply.empty(404);
      const answered = (ids: readonly number[]) => reply.text(200, bodyOf(ids, spellings), jsonHeader);
      if (kind === "batch") return answered(batchOf(request.body).ids);
      if (kind === "list") return answered([...dialler.contacts.keys()]);
      return kind === "read" ? answered([id]) : ordinary();
    };
    await start(
      spellings.map((_, at) => ({ ID: at + 1 })),
      script,
    );
  };

  it("deletes no contact whose record lost something in decoding, unless none is kept (D21, D22)", async () => {
    for (const hasBatch of [true, false]) {
      await spelling(
        [...lost, ...whole].map(([, text]) => text),
        hasBatch,
      );
      const { client } = await dialler.connect();
      const items = await listed(client);
      assert.equal(items.length, lost.length + whole.length);
      const results = await run("delete", items, { keepsRecords: true }, client);
      for (const [at, [what, , reason]] of lost.entries()) {
        assert.equal(results[at]?.outcome, "skipped", what);
        assert.match(results[at].reason ?? "", /^This record cannot be kept whole/, what);
        assert.match(results[at].reason ?? "", reason, what);
      }
      for (const [at, [what]] of whole.entries())
        assert.equal(results[lost.length + at]?.outcome, "done", what);
      const deleted = dialler.idsOf("delete").sort((a, b) => a - b);
      assert.deepEqual(
        deleted,
        whole.map((_, at) => lost.length + at + 1),
      );

      const rest = items.slice(0, lost.length);
      assert.deepEqual(
        outcomesOf(await run("delete", rest, {}, client)),
        rest.map(() => "done"),
      );
      assert.equal(dialler.contacts.size, 0);
    }
  });

  it("tells bytes of another charset that mean nothing from a replacement character (D21)", async () => {
    const record = (comment: string): string => JSON.stringify({ records: [{ ID: 1, Comment: comment }] });
    const half = record("X").replace("X", "\ud83d");
    const inUtf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
    const inJapanese = (hex: string): Buffer =>
      Buffer.concat([
        Buffer.from('{"records":[{"ID":1,"Name":"'),
        Buffer.from(hex, "hex"),
        Buffer.from('"}]}'),
      ]);
    const answers: readonly [body: Buffer, charset: string, outcome: string][] = [
      [inUtf16(half), "utf-16le", "skipped"],
      [inUtf16(record("\ufffd")), "utf-16le", "done"],
      [inUtf16(record("Zo\u00eb \u{1f600}")), "utf-16le", "done"],
      [inJapanese("83418342"), "shift_jis", "done"],
      [inJapanese("8341fd"), "shift_jis", "skipped"],
      [Buffer.from(record("Zo\u00eb"), "latin1"), "iso-8859-1", "done"],
      [Buffer.from(record("Zo\u00eb"), "latin1"), "utf-8", "skipped"],
    ];
    for (const [body, charset, outcome] of answers) {
      const type = { "Content-Type": `application/json; charset=${charset}` };
      await start([{ ID: 1 }], (heard, ordinary) =>
        heard.kind === "batch" || heard.kind === "list" ? reply.text(200, body, type) : ordinary(),
      );
      const { client } = await dialler.connect();
      const results = await run("delete", await listed(client), { keepsRecords: true }, client);
      assert.deepEqual(outcomesOf(results), [outcome], `${charset} ${body.toString("hex")}`);
      assert.equal(dialler.changing().length, outcome === "done" ? 1 : 0);
    }
  });
});

const jsonHeader = { "Content-Type": "application/json" };

function bodyOf(ids: readonly number[], spellings: readonly Spelling[]): Buffer {
  const parts = ids.flatMap((id, at) => [
    Buffer.from(`${at === 0 ? "" : ","}{"ID":${id},"Name":"Name ${id}","Comment":`),
    Buffer.from(spellings[id - 1] ?? "null"),
    Buffer.from("}"),
  ]);
  return Buffer.concat([Buffer.from('{"records":['), ...parts, Buffer.from(`],"count":${ids.length}}`)]);
}
