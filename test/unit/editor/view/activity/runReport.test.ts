import assert from "node:assert/strict";
import { runCsv, runMarkdown } from "../../../../../src/editor/view/activity/runReport";
import { timeOf } from "../../../../../src/editor/view/activity/activityTexts";
import { ended, runOf } from "../../../../support/dialler/runOf";

const speech = { language: "en", redact: (text: string) => text.replaceAll("SECRET", "***") };

describe("runMarkdown", () => {
  it("has the sentence, the counts, and the items that did not simply end done", () => {
    const snapshot = runOf([
      ...ended("done"),
      { userData: "CRM-2", result: { outcome: "failed", reason: "HTTP 500" } },
      { result: { outcome: "done" }, restored: { outcome: "done", newId: 50001 } },
    ]);
    assert.deepEqual(runMarkdown(snapshot, speech).split("\n"), [
      "Deleted 2 of 3 on production: 2 done, 1 failed. Contacts: #40101, #40102, #40103.",
      "",
      "- Endpoint: production",
      "- Base URL: https\\://dialler.example.com/rest/v1.0/7/",
      `- Started: ${timeOf(snapshot, speech)}`,
      "",
      "| Outcome | Contacts |",
      "| --- | --- |",
      "| done | 2 |",
      "| failed | 1 |",
      "",
      "| ID | UserData | Outcome | Reason | Since then |",
      "| --- | --- | --- | --- | --- |",
      "| 40102 | CRM-2 | failed | HTTP 500 |  |",
      "| 40103 |  | done |  | restored as #50001 |",
      "",
    ]);
  });

  it("has no list of items when every one ended done", () => {
    assert.ok(!runMarkdown(runOf(ended("done", "done")), speech).includes("UserData"));
  });

  it("leaves server text as text", () => {
    const snapshot = runOf([
      {
        userData: "a|b\n![x](https://evil.example/p.png) <img src=x>",
        result: { outcome: "failed", reason: "`SECRET` \\| www.evil.example *x*" },
      },
    ]);
    const line = runMarkdown(snapshot, speech)
      .split("\n")
      .find((each) => each.startsWith("| 40101"));
    assert.equal(
      line,
      "| 40101 | a\\|b !\\[x\\]\u2060(https\\://evil.example/p.png) \\<img src=x\\> | failed | \\`\\*\\*\\*\\` \\\\\\| www\\.evil.example \\*x\\* |  |",
    );
  });
});

describe("runCsv", () => {
  it("holds IDs and the contract's words only", () => {
    const snapshot = runOf([
      { userData: "=1+1", result: { outcome: "notFound", reason: "=cmd" } },
      { result: { outcome: "done" }, restored: { outcome: "done", newId: 50001 } },
      { pending: true },
    ]);
    assert.equal(
      runCsv(snapshot),
      "id,outcome,newId\r\n40101,notFound,\r\n40102,done,50001\r\n40103,unknown,\r\n",
    );
  });
});
