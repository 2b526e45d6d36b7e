import assert from "node:assert/strict";
import { checkMarkdown } from "../../../../../src/editor/view/document/checkReport";

describe("checkMarkdown", () => {
  it("has a line for every step, and marks a failure by more than a colour", () => {
    const report = checkMarkdown("mine", "The endpoint mine works.", [
      { name: "Token", ok: true, detail: "accepted" },
      { name: "Batch read", ok: false, detail: "HTTP 500" },
    ]);
    assert.match(report, /^# Check of mine\n\nThe endpoint mine works\.\n/);
    assert.ok(report.includes("| ✓ | Token | accepted |"));
    assert.ok(report.includes("| ✗ | Batch read | HTTP 500 |"));
  });

  it("lets nothing that a server says become a link, a picture or a cell", () => {
    const report = checkMarkdown("![](http://h/a.png)", "[x](command:y)", [
      { name: "a|b", ok: true, detail: "<img src=x> www.example.com" },
    ]);
    assert.ok(!/(?<!\\)[[\]<>]|a\|b/.test(report), report);
    assert.ok(!/http:\/\/|www\.example/.test(report), report);
  });
});
