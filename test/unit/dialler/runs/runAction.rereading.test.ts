import assert from "node:assert/strict";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import { folders, journalIn, planOf, recordsIn } from "../../../support/dialler/journals";
import { batchOf, list, oneTo } from "../../../support/dialler/smallDialler";
import {
  dialler,
  endStartedDiallers,
  listed,
  outcomesOf,
  run,
  start,
  summed,
} from "../../../support/dialler/checkedRun";

describe("runAction", function () {
  this.timeout(20_000);
  endStartedDiallers();
  const folder = folders();

  describe("before a delete", () => {
    it("reads the contacts again a hundred at a time", async () => {
      await start(250);
      const results = await run("delete", dialler.plan(oneTo(250)));
      assert.deepEqual(summed(results), { done: 250 });
      const batches = dialler.heard.filter(({ kind }) => kind === "batch");
      assert.deepEqual(
        batches.map(({ request }) => batchOf(request.body).ids),
        [oneTo(100), oneTo(100).map((id) => id + 100), oneTo(50).map((id) => id + 200)],
      );
      assert.equal(dialler.idsOf("read").length, 0);
      for (const [at, heard] of dialler.heard.entries()) {
        if (heard.kind !== "delete") continue;
        const before = dialler.heard.slice(0, at).filter(({ kind }) => kind === "batch");
        assert.ok(before.some(({ request }) => batchOf(request.body).ids.includes(heard.id)));
      }
    });

    it("reads them one by one where the server has no batch read, or a proxy refuses it (A04)", async () => {
      for (const missing of [403, 404, 405, 411, 413, 415, 501] as const) {
        await start(8, (heard, ordinary) => (heard.kind === "batch" ? reply.empty(missing) : ordinary()));
        const results = await run("delete", dialler.plan(oneTo(8)));
        assert.deepEqual(summed(results), { done: 8 });
        // A server that fails is asked again; one that refuses is not.
        assert.equal(dialler.idsOf("batch").length, missing === 501 ? 3 : 1);
        assert.deepEqual(
          dialler.idsOf("read").sort((a, b) => a - b),
          oneTo(8),
        );
      }
    });

    it("asks for the batch once more than needed at most, however long the run", async () => {
      await start(210, (heard, ordinary) => (heard.kind === "batch" ? reply.empty(404) : ordinary()));
      assert.deepEqual(summed(await run("delete", dialler.plan(oneTo(210)))), { done: 210 });
      assert.equal(dialler.idsOf("batch").length, 1);
    });

    it("skips a contact that has changed since it was shown, and deletes one that has not", async () => {
      const changes: readonly WireRecord[] = [
        { Name: "Another" },
        { UserData: "CRM-X" },
        { UserData: null },
        { DiallerCampaignsID: 72 },
        { PhoneNumber1: "49431000" },
        { PhoneNumber2: "49431000" },
        { PhoneNumber1: null, PhoneNumber2: "49431555015" },
      ];
      for (const hasBatch of [true, false]) {
        await start(10, (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const items = dialler.plan(oneTo(10));
        changes.forEach((change, at) => {
          dialler.contacts.set(at + 1, { ...dialler.contacts.get(at + 1), ...change });
        });
        // What is no part of the identity may change: a try, a lock.
        dialler.contacts.set(8, { ...dialler.contacts.get(8), bLocked: true, nTriesPhoneNumber1: 3 });
        const results = await run("delete", items);
        assert.deepEqual(
          outcomesOf(results),
          oneTo(10).map((id) => (id <= 7 ? "skipped" : "done")),
        );
        assert.deepEqual(
          results.slice(0, 8).map(({ reason }) => /\((.*)\)/.exec(reason ?? "")?.[1]),
          ["name", "UserData", "UserData", "campaign", ...Array<string>(3).fill("phone numbers"), undefined],
        );
        assert.deepEqual(
          results.map(({ now }) => now?.contact.id),
          oneTo(10).map((id) => (id <= 7 ? id : undefined)),
        );
        assert.deepEqual(dialler.idsOf("delete"), [8, 9, 10]);
      }
    });

    it("lists a record that is nested too deep, and deletes it only where no record is kept (C08)", async () => {
      const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
      const records = [{ ID: 1 }, { ID: 2, Custom: deep(500) }, { ID: 3, Custom: deep(200) }, { ID: 4 }];
      for (const hasBatch of [true, false]) {
        await start(records, (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const { client } = await dialler.connect();
        const items = await listed(client);
        assert.deepEqual(
          items.map(({ id }) => id),
          [1, 2, 3, 4],
        );
        const results = await run("delete", items, { keepsRecords: true }, client);
        assert.deepEqual(outcomesOf(results), ["done", "skipped", "done", "done"]);
        assert.match(results[1]?.reason ?? "", /cannot be kept whole.*nested more than 200 levels/);
        assert.deepEqual([...dialler.contacts.keys()], [2]);
        assert.deepEqual(summed(await run("delete", items.slice(1, 2), {}, client)), { done: 1 });
      }
    });

    it("deletes a contact with half an emoji in its name and numbers, which the journal keeps as it is (C07)", async () => {
      const half = {
        ID: 1,
        Name: "Ida \ud83d",
        FirstName: "\ude00",
        UserData: "K\udc00",
        PhoneNumber1: "49\ud83d",
      };
      for (const hasBatch of [true, false]) {
        await start([half, { ID: 2 }], (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const record = dialler.contacts.get(1);
        const { client } = await dialler.connect();
        const items = await listed(client);
        const journal = journalIn(await folder());
        const recorder = await journal.begin(planOf(items));
        const results = await run(
          "delete",
          items,
          { keepsRecords: true, intent: (index, read) => recorder.intent(index, read) },
          client,
        );
        await recorder.end();
        assert.deepEqual(summed(results), { done: 2 });
        assert.deepEqual((await recordsIn(journal, recorder.plan.run, [0])).get(0), record);
      }
    });

    it("reports a contact that is gone already, and sends no DELETE", async () => {
      for (const hasBatch of [true, false]) {
        await start(3, (heard, ordinary) =>
          heard.kind === "batch" && !hasBatch ? reply.empty(404) : ordinary(),
        );
        const items = dialler.plan(oneTo(3));
        dialler.contacts.clear();
        assert.deepEqual(summed(await run("delete", items)), { notFound: 3 });
        assert.equal(dialler.changing().length, 0);
      }
    });

    it("does not take a batch read that found nothing at all for the absence of every contact", async () => {
      // A 404 with JSON may mean the language that the batch read is asked in.
      await start(6, (heard, ordinary) =>
        heard.kind === "batch" ? reply.json(404, { status: 404, error: "Language not found" }) : ordinary(),
      );
      const items = dialler.plan(oneTo(6));
      dialler.contacts.delete(4);
      const results = await run("delete", items);
      assert.equal(results[3]?.outcome, "notFound");
      assert.deepEqual(summed(results), { done: 5, notFound: 1 });
    });

    it("sends no DELETE for a contact that cannot be read", async () => {
      const unreadable: readonly [string, ScriptedReply][] = [
        ["an error of the server", error(500)],
        ["a page", reply.html(200, "<h1>Login</h1>")],
        ["no records", reply.json(200, { status: 200 })],
        ["records of others", list([{ ID: 999 }])],
        ["a status in the body", reply.json(200, { status: 500, error: "x", records: [], count: 0 })],
        ["half an answer", reply.cut(200, '{"records":[]}')],
        ["a refusal", error(400)],
      ];
      for (const [what, answer] of unreadable) {
        await start(3, () => answer);
        const results = await run("delete", dialler.plan(oneTo(3)));
        assert.deepEqual(summed(results), { failed: 3 }, what);
        assert.match(results[0]?.reason ?? "", /could not be read again/);
        assert.equal(dialler.changing().length, 0, what);
      }
    });

    it("never deletes an item that comes without the contact as it was shown", async () => {
      await start(3);
      assert.deepEqual(summed(await run("delete", [{ id: 1 }, { id: 2 }, { id: 3 }])), { skipped: 3 });
      assert.equal(dialler.changing().length, 0);
    });

    it("takes an item shown under another ID for changed", async () => {
      await start(2);
      const [first, second] = dialler.plan([1, 2]);
      const results = await run("delete", [
        { id: 1, shown: second?.shown },
        { id: 2, shown: first?.shown },
      ]);
      assert.deepEqual(summed(results), { skipped: 2 });
      assert.equal(dialler.changing().length, 0);
    });

    it("never deletes a contact that was added after the preview (B09)", async () => {
      await start(5);
      const items = dialler.plan(oneTo(5));
      dialler.script = (heard, ordinary) => {
        const added = 100 + dialler.heard.length;
        dialler.contacts.set(added, { ...dialler.contacts.get(1), ID: added });
        return heard.kind === "batch"
          ? list([...dialler.contacts.values()].filter(({ ID }) => Number(ID) <= 5))
          : ordinary();
      };
      assert.deepEqual(summed(await run("delete", items)), { done: 5 });
      assert.deepEqual(
        dialler.idsOf("delete").sort((a, b) => a - b),
        oneTo(5),
      );
    });

    it("does not send IDs that no server has", async () => {
      await start(1);
      const [item] = dialler.plan([1]);
      for (const id of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
        for (const change of ["delete", "lock"] as const) {
          const results = await run(change, [{ id, shown: item?.shown }]);
          assert.deepEqual(outcomesOf(results), ["failed"]);
        }
      }
      assert.equal(dialler.requests.length, 0);
    });
  });
});
