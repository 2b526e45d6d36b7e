import assert from "node:assert/strict";
import { Cancelled } from "../../../../src/dialler/api/http/connectionErrors";
import { wholeRecords } from "../../../../src/dialler/transfer/exportRecords";
import { ExportText } from "../../../../src/dialler/transfer/exportRows";
import { discreetRecord } from "../../../../src/editor/shown/mask";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  batchOf,
  list,
  oneTo,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

describe("the whole records of contacts", () => {
  let dialler: SmallDialler;

  afterEach(() => dialler.stop());

  /** The IDs that came, in their order. */
  async function read(
    wanted: ReadonlyMap<number, number | undefined>,
    signal = new AbortController().signal,
  ) {
    const { client } = await dialler.connect();
    const ids: number[] = [];
    for await (const records of wholeRecords(client, wanted, signal)) {
      assert.ok(records.length <= 100);
      ids.push(...records.map(({ ID }) => Number(ID)));
    }
    return ids;
  }

  const kinds = (): string[] =>
    dialler.heard.map(({ kind, query }) => {
      return `${kind} ${query.get("diallerCampaignsID") ?? ""}`.trim();
    });
  const wantedOf = (count: number, campaign: number | undefined): Map<number, number | undefined> =>
    new Map(Array.from({ length: count }, (_, at) => [at + 1, campaign]));
  const noBatch: Script = ({ kind }, ordinary) => (kind === "batch" ? reply.empty(404) : ordinary());

  it("are asked for a hundred at a time, in the order wanted, without those that are gone", async () => {
    dialler = await startSmallDialler(250);
    dialler.contacts.delete(7);
    const ids = [...wantedOf(250, 71).keys()].reverse();
    assert.deepEqual(
      await read(new Map(ids.map((id) => [id, 71]))),
      ids.filter((id) => id !== 7),
    );
    assert.deepEqual(kinds(), ["batch", "batch", "batch"]);
  });

  it("are picked out of the campaigns' lists when there are many", async () => {
    dialler = await startSmallDialler(
      Array.from({ length: 1300 }, (_, at) => ({ ID: at + 1, DiallerCampaignsID: at < 600 ? 71 : 72 })),
    );
    const wanted = new Map(
      Array.from({ length: 1100 }, (_, at): [number, number] => [at + 1, at < 600 ? 71 : 72]),
    );
    assert.deepEqual(await read(wanted), [...wanted.keys()]);
    assert.deepEqual(kinds(), ["list 71", "list 72"]);
  });

  it("come from one list where the server does not tell campaigns apart, each once", async () => {
    dialler = await startSmallDialler(
      Array.from({ length: 1100 }, (_, at) => ({ ID: at + 1, DiallerCampaignsID: at < 600 ? 71 : 72 })),
      ({ kind }, ordinary) => (kind === "list" ? list([...dialler.contacts.values()]) : ordinary()),
    );
    const wanted = new Map(
      Array.from({ length: 1100 }, (_, at): [number, number] => [at + 1, at < 600 ? 71 : 72]),
    );
    assert.equal((await read(wanted)).length, 1100);
    assert.deepEqual(kinds(), ["list 71"]);
  });

  it("are read one by one, if few, from a server without the batch read, else from lists", async () => {
    dialler = await startSmallDialler(60, noBatch);
    dialler.contacts.delete(2);
    assert.deepEqual(await read(wantedOf(3, 71)), [1, 3]);
    assert.deepEqual(kinds(), ["batch", "read", "read", "read"]);
    assert.equal((await read(wantedOf(60, undefined))).length, 59);
    assert.deepEqual(kinds().slice(4), ["batch", "list"]);
  });

  it("end with an error when the list is cut, and with a cancel when nobody wants them any more", async () => {
    dialler = await startSmallDialler(1100, ({ kind }, ordinary) =>
      kind === "list"
        ? reply.cut(200, JSON.stringify({ records: [{ ID: 1 }, { ID: 2 }], count: 2 }))
        : ordinary(),
    );
    await assert.rejects(read(wantedOf(1100, 71)));
    const cancel = new AbortController();
    cancel.abort();
    await assert.rejects(read(wantedOf(5, 71), cancel.signal), Cancelled);
  });

  it("are written without the one that is nested too deep, which is named (C08)", async () => {
    const depth = 5000;
    const formats = ["spreadsheet", "raw", "json"] as const;
    for (const [count, hasBatch] of [
      [3, true],
      [3, false],
      [1100, true],
    ] as const) {
      dialler = await startSmallDialler(count, ({ kind, id, request }, ordinary) => {
        if (kind === "batch" && !hasBatch) return reply.empty(404);
        const ids = { batch: () => batchOf(request.body).ids, read: () => [id], list: () => oneTo(count) };
        if (kind !== "batch" && kind !== "read" && kind !== "list") return ordinary();
        const records = ids[kind]().map((at) => {
          const custom = at === 2 ? "[".repeat(depth) + "]".repeat(depth) : "null";
          return `{"ID":${at},"Name":"Name ${at}","Custom1":${custom}}`;
        });
        return reply.text(200, `{"records":[${records.join(",")}],"count":${records.length}}`);
      });
      const { client } = await dialler.connect();
      for (const format of formats) {
        const text = new ExportText({
          ...{ format, bankToo: true, lockField: "" },
          shownOf: (record) => discreetRecord(record, true),
        });
        let written = "";
        const signal = new AbortController().signal;
        for await (const records of wholeRecords(client, wantedOf(count, undefined), signal))
          written += text.push(records);
        written += text.end();
        assert.deepEqual(text.tooDeep, ["2"]);
        assert.equal(text.count, count - 1);
        assert.deepEqual(
          [1, 2, 3].filter((at) => new RegExp(`Name ${at}\\b`).test(written)),
          [1, 3],
        );
      }
      await dialler.stop();
    }
    dialler = await startSmallDialler(0);
  });
});
