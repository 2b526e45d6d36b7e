import assert from "node:assert/strict";
import fc from "fast-check";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { type Fault } from "../../../support/dialler/faultyDialler";
import * as reply from "../../../support/dialler/scriptedReply";
import { token } from "../../../support/dialler/token";
import {
  said,
  noSuchContact,
  losses,
  tooBusy,
  refusals,
  changesOnDiallers,
  isApplied,
} from "../../../support/dialler/settledChange";
import { scriptedServers } from "../../../support/dialler/clientFor";

describe("settleChange", () => {
  const change = changesOnDiallers(scriptedServers());

  it("says how it ended truly, and sends by ID at most twice, whatever happens in whatever order", async function () {
    this.timeout(10_000);
    const refusedBusy = reply.empty(429);
    const busy = [refusedBusy, ...Object.values(tooBusy)];
    const unclear = [...Object.values(losses), ...Object.values(tooBusy), reply.html(200, "<html>")];
    const noes = [refusedBusy, ...Object.values(refusals).map(({ answer }) => answer)].filter(
      (answer) => answer !== noSuchContact,
    );
    const fault: fc.Arbitrary<Fault> = fc.oneof(
      fc.record({ carriedOut: fc.boolean(), answer: fc.constantFrom(...unclear) }),
      fc.record({ carriedOut: fc.constant(false), answer: fc.constantFrom(...noes) }),
    );
    const read = fc.option(
      fc.constantFrom(reply.reset(), said(500, "x"), reply.html(200, "<"), reply.empty(404)),
      {
        nil: undefined,
        freq: 3,
      },
    );
    const byId = fc.constantFrom("deleteById", "lockById", "unlockById" as const);
    const script = fc.record({
      changes: fc.array(fault, { minLength: 1, maxLength: 3 }),
      reads: fc.array(read, { maxLength: 6 }),
      batchRead: fc.boolean(),
      lockMember: fc.constantFrom("bLocked", ""),
    });
    await fc.assert(
      fc.asyncProperty(byId, script, async (kind, faults) => {
        const { settled, changing, dialler } = await change(kind, faults);
        const answers = faults.changes.slice(0, changing).map(({ answer }) => answer);
        // Waits for a busy server are not counted among the repeats.
        assert.ok(changing <= 2 + answers.filter((answer) => busy.includes(answer)).length);
        const { outcome } = settled;
        if (outcome === "done" || outcome === "gone") assert.ok(isApplied(kind, dialler), outcome);
        if (outcome === "failed") assert.ok(!isApplied(kind, dialler), outcome);
        assert.notEqual(outcome, "notFound");
        assert.ok(!(settled.reason ?? "").includes(token));
      }),
      { numRuns: 150 },
    );
  });

  it("says nothing that keeps the token once it has passed the redaction, also where a server throws it back (H35)", async () => {
    const secrets = new Secrets();
    secrets.add(token);
    for (const status of [400, 404, 409, 500, 503]) {
      const changes = [
        { carriedOut: false, answer: said(status, `got Authorization: Bearer ${token}, ${token}`) },
      ];
      const { settled } = await change("deleteByUserData", { changes });
      assert.match(settled.reason ?? "", /got Authorization/);
      assert.ok(!secrets.redact(settled.reason ?? "").includes(token));
      assert.ok(!String(settled.error?.stack).includes(token));
    }
  });
});
