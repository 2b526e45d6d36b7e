import assert from "node:assert/strict";
import { failureSentence, loggedSentence } from "../../../../../src/editor/commands/call/failureSentence";
import { Refusal } from "../../../../../src/editor/commands/call/refusal";

const parts = { discreet: (text: string): string => text.replace("s3cret", "•••") };

describe("the two sentences of a refusal", () => {
  it("show the value to the person and keep it out of the log", () => {
    const refusal = new Refusal(
      "No contact on test has UserData “CRM-7”.",
      undefined,
      "No contact on test has this UserData.",
    );
    assert.equal(failureSentence(parts, refusal), "No contact on test has UserData “CRM-7”.");
    assert.equal(loggedSentence(parts, refusal), "No contact on test has this UserData.");
  });

  it("are the same for a refusal without a value", () => {
    const refusal = new Refusal("The server has no contact #7.", "showLog");
    assert.equal(loggedSentence(parts, refusal), failureSentence(parts, refusal));
  });

  it("hold no token", () => {
    const refusal = new Refusal("Shown s3cret.", undefined, "Logged s3cret.");
    assert.equal(failureSentence(parts, refusal), "Shown •••.");
    assert.equal(loggedSentence(parts, refusal), "Logged •••.");
  });

  it("are one for any other failure", () => {
    const failure = new Error("broken");
    assert.equal(loggedSentence(parts, failure), failureSentence(parts, failure));
  });
});
