import assert from "node:assert/strict";
import type { Change } from "../../../../src/dialler/api/changeRules";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import type { OutcomeDetails } from "../../../../src/dialler/runs/outcome";
import { verifyEntries } from "../../../../src/dialler/runs/verifyEntries";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  contact,
  list,
  noSuchContact,
  oneTo,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

describe("verifyEntries", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  const started: SmallDialler[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  const start = async (contacts: number | readonly WireRecord[], script: Script = byTheBook) => {
    dialler = await startSmallDialler(contacts, script);
    started.push(dialler);
    return dialler;
  };

  /** Items of these IDs; an item's number is ten times its ID. */
  const verify = async (
    change: Change,
    ids: readonly number[],
    more: {
      readonly dialler?: SmallDialler;
      readonly cancelled?: AbortSignal;
      readonly onFate?: () => void;
      readonly lockField?: string;
    } = {},
  ) => {
    const asked = more.dialler ?? dialler;
    const fates = new Map<number, OutcomeDetails>();
    const { client } = await asked.connect({}, { requestSeconds: 0.4, listSeconds: 1 });
    await verifyEntries(
      change,
      ids.map((id) => ({ item: id * 10, id })),
      client,
      {
        lockField: more.lockField ?? "",
        cancelled: more.cancelled ?? new AbortController().signal,
        onResult: (item, result) => {
          assert.ok(!fates.has(item));
          fates.set(item, result);
          more.onFate?.();
        },
      },
    );
    assert.equal(asked.changing().length, 0);
    return fates;
  };

  const outcomesOf = (fates: ReadonlyMap<number, OutcomeDetails>) =>
    [...fates].map(([item, { outcome }]) => [item, outcome]);
  const only = async (...args: Parameters<typeof verify>) =>
    [...(await verify(...args)).values()][0]?.outcome;

  it("says of a deletion that the contact is gone, or that it is still there", async () => {
    await start(3);
    assert.deepEqual(outcomesOf(await verify("delete", [2, 7, 3])), [
      // Still there proves nothing: the server may still be working on it.
      [20, "unknown"],
      [70, "gone"],
      [30, "unknown"],
    ]);
    assert.equal(dialler.requests.length, 1);
  });

  it("says of a lock whether the contact has it, and of a missing one that it is missing", async () => {
    await start([{ ID: 1, bLocked: true }, { ID: 2 }]);
    assert.deepEqual(outcomesOf(await verify("lock", [1, 2, 3])), [
      [10, "done"],
      [20, "unknown"],
      [30, "notFound"],
    ]);
    assert.deepEqual(outcomesOf(await verify("unlock", [1, 2])), [
      [10, "unknown"],
      [20, "done"],
    ]);
  });

  it("does not know of a lock that the server does not tell", async () => {
    await start([{ ID: 1, bLocked: null, Sperre: 1 }]);
    dialler.contacts.set(1, { ID: 1, Sperre: true });
    assert.equal(await only("lock", [1]), "unknown");
    assert.equal(await only("lock", [1], { lockField: "Sperre" }), "done");
  });

  it("reads a hundred at a time, and one by one where the server has no batch read", async () => {
    await start(150);
    assert.equal((await verify("delete", oneTo(250))).size, 250);
    assert.equal(dialler.requests.length, 3);
    for (const answer of [reply.empty(404), reply.empty(405), noSuchContact]) {
      await start(2, (heard, ordinary) => (heard.kind === "batch" ? answer : ordinary()));
      assert.deepEqual(outcomesOf(await verify("delete", [1, 2, 3])), [
        [10, "unknown"],
        [20, "unknown"],
        [30, "gone"],
      ]);
    }
  });

  describe("never concludes that a contact is gone", () => {
    const notAbsent: readonly [string, ScriptedReply][] = [
      ["a 404 without JSON", reply.empty(404)],
      ["a 404 with a page", reply.html(404, "<h1>Not Found</h1>")],
      ["a 404 of another program", reply.json(404, { message: "no route" })],
      ["500", error(500)],
      ["503", error(503)],
      ["401", error(401)],
      ["a redirect", reply.redirect(302, "/login")],
      ["a login page", reply.html(200, "<h1>Login</h1>")],
      ["an empty body", reply.empty(200)],
      ["a reset", reply.reset()],
      ["half an answer", reply.cut(200, JSON.stringify({ records: [], count: 0 }))],
      ["another contact", list([contact({ ID: 99 })])],
      ["a count that contradicts", list([], 1)],
      ["a status that contradicts", reply.json(200, { status: 500, records: [], count: 0 })],
      ["no records at all", reply.json(200, {})],
      ["records that are none", reply.json(200, { records: null, count: 0 })],
    ];
    /** Places of the answers that mean that there is no batch read. */
    const noCall = [0, 1, 2];

    it("from a batch read that was not answered properly", async () => {
      const check = async ([what, answer]: (typeof notAbsent)[number], at: number): Promise<void> => {
        const asked = await start(0, (heard) => (heard.kind === "batch" ? answer : error(500)));
        assert.equal(await only("delete", [1], { dialler: asked }), "unknown", what);
        if (!noCall.includes(at)) assert.equal(asked.idsOf("read").length, 0, what);
      };
      await Promise.all(notAbsent.map(check));
    });

    it("from the reading of one contact that was not answered properly", async () => {
      const check = async ([what, answer]: (typeof notAbsent)[number]): Promise<void> => {
        const asked = await start(0, (heard) => (heard.kind === "read" ? answer : reply.empty(404)));
        assert.equal(await only("delete", [1], { dialler: asked }), "unknown", what);
      };
      await Promise.all(notAbsent.map(check));
    });

    it("from an answer that never comes", async () => {
      await start(0, () => reply.hang());
      assert.equal(await only("delete", [1]), "unknown");
    });
  });

  it("reads nothing once it is cancelled, and nothing more when it is cancelled in the middle", async () => {
    await start(300);
    assert.equal((await verify("delete", [1, 2], { cancelled: AbortSignal.abort() })).size, 0);
    assert.equal(dialler.requests.length, 0);
    const cancel = new AbortController();
    let told = 0;
    const onFate = (): void => {
      if (++told === 3) cancel.abort();
    };
    assert.equal((await verify("delete", oneTo(300), { cancelled: cancel.signal, onFate })).size, 3);
    assert.equal(dialler.requests.length, 1);
  });

  it("stops at a cancel, also in the middle of a reading, and tells nothing more", async () => {
    for (const change of ["delete", "lock"] as const) {
      const cancel = new AbortController();
      await start(3, ({ kind }, ordinary) => {
        if (kind === "batch") return reply.empty(404);
        if (kind !== "read") return ordinary();
        setTimeout(() => cancel.abort(), 20);
        return reply.hang();
      });
      const fates = new Map<number, OutcomeDetails>();
      const { client } = await dialler.connect({}, { requestSeconds: 3600 });
      await verifyEntries(change, [{ item: 1, id: 1 }], client, {
        lockField: "",
        cancelled: cancel.signal,
        onResult: (item, result) => void fates.set(item, result),
      });
      assert.equal(fates.size, 0);
      assert.equal(dialler.idsOf("read").length, 1);
    }
  });
});
