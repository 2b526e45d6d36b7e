import assert from "node:assert/strict";
import { causeStep, stopText, warningsText } from "../../../../../src/editor/commands/call/resultRemarks";

const twice = (first: number) => ({
  outcome: "done" as const,
  warns: true,
  reason: `Made twice: #${first}, #${first + 1}.`,
});
const left = { outcome: "notAttempted", reason: "Stopped after 5 failures in a row." } as const;
const failed = { outcome: "failed", reason: "Refused." } as const;

describe("what is said about results", () => {
  it("names up to three warnings, and counts more", () => {
    assert.equal(warningsText([{ reason: "overwrote the contact" }]), "");
    assert.equal(warningsText([twice(901), twice(903)]), "Made twice: #901, #902. Made twice: #903, #904.");
    assert.equal(
      warningsText([1, 3, 5, 7].map(twice)),
      "4 contacts have a warning; the Activity view shows which.",
    );
  });

  it("says a warning once that several contacts share", () => {
    const empty = { reason: "The answer was empty.", warns: true };
    assert.equal(warningsText([empty]), "The answer was empty.");
    assert.equal(warningsText([empty, empty]), "2 contacts: The answer was empty.");
  });

  it("says why the run stopped and how many contacts are left, and no reason twice", () => {
    assert.equal(stopText([failed], "Refused."), "");
    assert.equal(
      stopText([failed, left], "Refused."),
      "Stopped after 5 failures in a row; 1 contact was not attempted.",
    );
    const rest = { ...left, reason: "Forbidden by x. A proxy may have refused it." };
    assert.equal(
      stopText([failed, rest, rest], `Nothing was sent: ${rest.reason}`),
      "The run stopped; 2 contacts were not attempted.",
    );
    assert.equal(
      stopText([failed, rest], "Refused."),
      `${rest.reason} The run stopped; 1 contact was not attempted.`,
    );
    assert.equal(stopText([rest], ""), rest.reason);
  });

  it("offers the step for the cause, but first to verify what is unknown unless the token is rejected", () => {
    assert.equal(causeStep({ outcome: "failed", next: "checkEndpoint" }), "checkEndpoint");
    assert.equal(causeStep({ outcome: "unknown", next: "checkEndpoint" }), undefined);
    assert.equal(causeStep({ outcome: "unknown", next: "setToken" }), "setToken");
    assert.equal(causeStep({ outcome: "failed", next: "retry" }), undefined);
    assert.equal(causeStep(undefined), undefined);
  });
});
