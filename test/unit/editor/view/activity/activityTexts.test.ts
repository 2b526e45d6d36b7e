import assert from "node:assert/strict";
import {
  itemDescription,
  itemLabel,
  momentText,
  runDescription,
  runLabel,
  runSpoken,
  timeOf,
} from "../../../../../src/editor/view/activity/activityTexts";
import { ended, runOf } from "../../../../support/dialler/runOf";

const speech = { language: "en", redact: (text: string) => text.replaceAll("SECRET", "***") };

describe("a run in the Activity view", () => {
  it("says what happened, then what did not end done, then when", () => {
    const story = runOf(ended("done", "gone", "failed", "failed", "notAttempted"));
    assert.equal(runLabel(story), "Deleted 2 of 5 on production");
    assert.equal(
      runDescription(story, speech),
      `1 gone, 2 failed, 1 not attempted · ${timeOf(story, speech)}`,
    );
    assert.equal(
      runSpoken(story, speech),
      `With failures. Deleted 2 of 5 on production. 1 gone, 2 failed, 1 not attempted. ${timeOf(story, speech)}`,
    );
  });

  it("says nothing but the time when all is done", () => {
    const story = runOf(ended("done"), { action: "lock" });
    assert.equal(runDescription(story, speech), timeOf(story, speech));
  });

  it("says in words how it stands", () => {
    const first = (...parts: Parameters<typeof runOf>) =>
      runDescription(runOf(...parts), speech).split(" · ")[0];
    const items = [...ended("done", "failed"), { pending: true }, {}];
    assert.equal(first(items, { state: "running" }), "running 2 of 4");
    assert.equal(first(ended("done"), { state: "running" }), "running");
    assert.equal(first(items, { state: "elsewhere" }), "running in another window");
    assert.equal(first(items, { state: "interrupted" }), "interrupted");
    assert.equal(first(ended("done"), { action: "lock", undone: true }), "undone");
  });

  it("says what has become of deleted contacts", () => {
    const fate = { outcome: "done" } as const;
    const items = [
      { fate, restored: { outcome: "done", newId: 50001 } },
      { fate, restored: { outcome: "failed", reason: "no number" } },
      { fate, restored: { outcome: "unknown" } },
      { fate, restored: { outcome: "skipped" } },
    ] as const;
    const story = runOf(items);
    assert.match(
      runDescription(story, speech),
      /^1 restored · 1 could not be restored · 1 may have been restored · /,
    );
    assert.deepEqual(
      items.map((_, place) => itemDescription(story, place, speech)),
      [
        "done · restored as #50001",
        "done · could not be restored: no number",
        "done · may have been restored",
        "done · restoring it was skipped",
      ],
    );
    const live = { ...story, state: "running" as const };
    assert.equal(itemDescription(live, 2, speech), "done · being restored");
  });

  it("writes numbers in the user's language", () => {
    const story = runOf(ended(...Array.from({ length: 1200 }, () => "failed" as const)));
    assert.match(runDescription(story, speech), /^1,200 failed · /);
    assert.match(runDescription(story, { ...speech, language: "de" }), /^1\.200 failed · /);
  });

  it("survives a time that is none", () => {
    assert.equal(momentText(NaN, speech), undefined);
    assert.equal(timeOf(runOf([], { plan: { startedAt: "yester\nday" } }), speech), "yester day");
  });
});

describe("an item in the Activity view", () => {
  it("is named by ID and UserData", () => {
    const story = runOf([{ userData: "CRM-000417" }, {}, { userData: "a\u202e\n[x](command:y)" }]);
    assert.equal(itemLabel(story, 0), "#40101 CRM-000417");
    assert.equal(itemLabel(story, 1), "#40102");
    assert.equal(itemLabel(story, 2), "#40103 a [x]\u2060(command:y)");
    assert.equal(itemLabel(story, 9), "No contact");
  });

  it("tells its outcome and the reason, without a token and on one line", () => {
    const story = runOf([
      { fate: { outcome: "failed", reason: "the server\nsaid SEC\u200bRET" } },
      { fate: { outcome: "failed", reason: "before" }, pending: true },
    ]);
    assert.equal(itemDescription(story, 0, speech), "failed: the server said ***");
    assert.equal(itemDescription(story, 1, speech), "unknown");
  });
});
