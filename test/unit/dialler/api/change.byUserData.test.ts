import assert from "node:assert/strict";
import fc from "fast-check";
import * as reply from "../../../support/dialler/scriptedReply";
import { losses, refusals, tooBusy, rowsOf, changesOnDiallers } from "../../../support/dialler/settledChange";
import { scriptedServers } from "../../../support/dialler/clientFor";

const byKeyRows: Readonly<Record<string, string>> = { RST: "N07", "503 without Retry-After": "N08" };

describe("settleChange", () => {
  const change = changesOnDiallers(scriptedServers());

  describe("by UserData", () => {
    for (const [name, answer] of Object.entries({
      ...losses,
      ...tooBusy,
      "200 with a failure in the body": reply.json(200, { status: 500, error: "x" }),
      "200 HTML": reply.html(200, "<html>login</html>"),
    })) {
      it(`never sends again after ${name}, and does not know what happened${rowsOf(name, byKeyRows)}`, async () => {
        for (const kind of ["deleteByUserData", "lockByUserData"] as const) {
          for (const carriedOut of [true, false]) {
            const { settled, requests, dialler } = await change(kind, { changes: [{ carriedOut, answer }] });
            assert.equal(settled.outcome, "unknown");
            assert.equal(requests.length, 1, "neither a repeat nor a look");
            assert.equal(dialler.ids.length, kind === "deleteByUserData" && carriedOut ? 2 : 3);
            assert.equal(settled.stopsRun, false);
          }
        }
      });
    }

    it("never sends again after 429", async () => {
      for (const header of [{}, { "Retry-After": "0" }]) {
        const changes = [{ carriedOut: false, answer: reply.empty(429, header) }];
        const { settled, requests } = await change("deleteByUserData", { changes });
        assert.deepEqual([settled.outcome, settled.stopsRun, requests.length], ["failed", false, 1]);
      }
    });

    it("never sends again after its deadline (N09)", async () => {
      const changes = [{ carriedOut: true, answer: reply.hang() }];
      const { settled, requests, dialler } = await change(
        "deleteByUserData",
        { changes },
        { requestSeconds: 0.15 },
      );
      assert.deepEqual([settled.outcome, requests.length], ["unknown", 1]);
      assert.equal(dialler.ids.length, 2);
    });

    it("sends at most one request that can change something, whatever happens", async function () {
      this.timeout(10_000);
      const answers = [
        ...Object.values(losses),
        ...Object.values(refusals).map(({ answer }) => answer),
        reply.empty(429),
        reply.empty(503, { "Retry-After": "0" }),
        reply.json(200, { status: 500 }),
        reply.html(200, "<html>"),
        reply.cut(200, '{"status":200}'),
      ];
      const fault = fc.record({ carriedOut: fc.boolean(), answer: fc.constantFrom(...answers) });
      const kind = fc.constantFrom("deleteByUserData", "lockByUserData" as const);
      await fc.assert(
        fc.asyncProperty(kind, fc.array(fault, { minLength: 1, maxLength: 4 }), async (which, changes) => {
          const { requests, changing } = await change(which, { changes });
          assert.equal(changing, 1);
          assert.equal(requests.length, 1);
        }),
        { numRuns: 60 },
      );
    });
  });
});
