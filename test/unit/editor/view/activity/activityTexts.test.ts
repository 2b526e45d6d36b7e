import assert from "node:assert/strict";
import * as l10n from "../../../../../src/l10n";
import {
  entryDescription,
  entryLabel,
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
    const snapshot = runOf(ended("done", "gone", "failed", "failed", "notAttempted"));
    assert.equal(runLabel(snapshot), "Deleted 2 of 5 on production");
    assert.equal(
      runDescription(snapshot, speech),
      `1 gone, 2 failed, 1 not attempted · ${timeOf(snapshot, speech)}`,
    );
    assert.equal(
      runSpoken(snapshot, speech),
      `With failures. Deleted 2 of 5 on production. 1 gone, 2 failed, 1 not attempted. ${timeOf(snapshot, speech)}`,
    );
  });

  it("says nothing but the time when all is done", () => {
    const snapshot = runOf(ended("done"), { action: "lock" });
    assert.equal(runDescription(snapshot, speech), timeOf(snapshot, speech));
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
    const result = { outcome: "done" } as const;
    const items = [
      { result, restored: { outcome: "done", newId: 50001 } },
      { result, restored: { outcome: "failed", reason: "no number" } },
      { result, restored: { outcome: "unknown" } },
      { result, restored: { outcome: "skipped" } },
    ] as const;
    const snapshot = runOf(items);
    assert.match(
      runDescription(snapshot, speech),
      /^1 restored · 1 could not be restored · 1 may have been restored · /,
    );
    assert.deepEqual(
      items.map((_, place) => entryDescription(snapshot, place, speech)),
      [
        "done · restored as #50001",
        "done · could not be restored: no number",
        "done · may have been restored",
        "done · restore was skipped",
      ],
    );
    const live = { ...snapshot, state: "running" as const };
    assert.equal(entryDescription(live, 2, speech), "done · being restored");
  });

  it("writes numbers in the user's language", () => {
    const snapshot = runOf(ended(...Array.from({ length: 1200 }, () => "failed" as const)));
    assert.match(runDescription(snapshot, speech), /^1,200 failed · /);
    l10n.speakWith(undefined, "de");
    assert.match(runDescription(snapshot, { ...speech, language: "de" }), /^1\.200 failed · /);
    l10n.speakWith();
  });

  it("survives a time that is none", () => {
    assert.equal(momentText(NaN, speech), undefined);
    assert.equal(timeOf(runOf([], { plan: { startedAt: "yester\nday" } }), speech), "yester day");
  });
});

describe("an item in the Activity view", () => {
  it("is named by ID and UserData", () => {
    const snapshot = runOf([{ userData: "CRM-000417" }, {}, { userData: "a\u202e\n[x](command:y)" }]);
    assert.equal(entryLabel(snapshot, 0), "#40101 CRM-000417");
    assert.equal(entryLabel(snapshot, 1), "#40102");
    assert.equal(entryLabel(snapshot, 2), "#40103 a [x]\u2060(command:y)");
    assert.equal(entryLabel(snapshot, 9), "No contact");
  });

  it("tells its outcome and the reason, without a token and on one line", () => {
    const snapshot = runOf([
      { result: { outcome: "failed", reason: "the server\nsaid SEC\u200bRET" } },
      { result: { outcome: "failed", reason: "before" }, pending: true },
    ]);
    assert.equal(entryDescription(snapshot, 0, speech), "failed: the server said ***");
    assert.equal(entryDescription(snapshot, 1, speech), "unknown");
  });
});
