import assert from "node:assert/strict";
import { whyBusy } from "../../../../../src/editor/commands/activity/whyBusy";
import { ended, runOf } from "../../../../support/dialler/runOf";

describe("whyBusy", () => {
  const run = runOf(ended("done"));

  it("says where a run is in progress, and on which machine (B25)", () => {
    for (const state of ["ended", "interrupted"] as const)
      assert.equal(whyBusy({ ...run, state }), undefined);
    for (const state of ["running", "elsewhere"] as const)
      assert.match(
        whyBusy({ ...run, state }) ?? "",
        /^This run is in progress, in this window or another one\./,
      );
    assert.equal(
      whyBusy({ ...run, state: "otherMachine", owner: { ...run.owner, host: "build-7.example.com" } }),
      "This run is in progress on another computer or in another container (build-7.example.com). Wait until it ends.",
    );
    assert.equal(
      whyBusy({ ...run, state: "otherMachine" }),
      "This run is in progress on another computer. Wait until it ends.",
    );
  });

  it("shows no link that a file calls its machine", () => {
    const owner = { ...run.owner, host: "[x](command:y) $(zap)\u202e" };
    assert.match(whyBusy({ ...run, state: "otherMachine", owner }) ?? "", / \(xcommandyzap\)\. /);
  });
});
