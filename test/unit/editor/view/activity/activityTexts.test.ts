import assert from "node:assert/strict";
import * as l10n from "../../../../../src/l10n";
import {
  entryDescription,
  entryLabel,
  momentText,
  runDescription,
  runLabel,
  runSpoken,
  shortTimeOf,
  timeOf,
} from "../../../../../src/editor/view/activity/activityTexts";
import { outlineOf } from "../../../../../src/dialler/runs/runOutline";
import { ended, runOf } from "../../../../support/dialler/runOf";

const speech = { language: "en", redact: (text: string) => text.replaceAll("SECRET", "***") };

describe("a run in the Activity view", () => {
  it("says what happened, then what did not end done, then when", () => {
    const snapshot = runOf(ended("done", "gone", "failed", "failed", "notAttempted"));
    assert.equal(runLabel(snapshot, speech), "Deleted 2 of 5 contacts");
    assert.equal(
      runDescription(snapshot, speech),
      `1 gone, 2 failed, 1 not attempted · production · ${timeOf(snapshot, speech)}`,
    );
    assert.equal(
      runSpoken(snapshot, speech),
      `With failures. Deleted 2 of 5 contacts. 1 gone, 2 failed, 1 not attempted. production. ${timeOf(snapshot, speech)}`,
    );
  });

  it("says nothing but the place and the time when all is done", () => {
    const snapshot = runOf(ended("done"), { action: "lock" });
    assert.equal(runDescription(snapshot, speech), `production · ${timeOf(snapshot, speech)}`);
  });

  it("says in words how it stands", () => {
    const first = (...parts: Parameters<typeof runOf>) =>
      runDescription(runOf(...parts), speech).split(" · ")[0];
    const items = [...ended("done", "failed"), { pending: true }, {}];
    assert.equal(first(items, { state: "running" }), "running 2 of 4");
    assert.equal(first(ended("done"), { state: "running" }), "running");
    const one = runOf([{ pending: true, name: "Dorn" }], { state: "running" });
    assert.equal(runLabel(one, speech), "Dorn: being deleted");
    assert.match(runDescription(one, speech), /^running: waiting for the answer · /);
    const lost = runOf([{ pending: true, settling: true, name: "Dorn" }], { state: "running" });
    assert.equal(runLabel(lost, speech), "Dorn: being deleted");
    assert.match(runDescription(lost, speech), /^running: the answer was lost; looking again · /);
    assert.equal(entryDescription(lost, 0, speech), "answer lost, looking again");
    const several = runOf([...ended("done"), { pending: true, settling: true }, {}], { state: "running" });
    assert.match(runDescription(several, speech), /^running 1 of 3 · 1 answer lost, looking again · /);
    assert.equal(first(items, { state: "elsewhere" }), "running in another window");
    assert.equal(first(items, { state: "otherMachine" }), "running elsewhere");
    const there = {
      ...runOf(items, { state: "otherMachine" }),
      owner: { pid: 1, startedAt: 1, host: "build-7" },
    };
    assert.match(runDescription(there, speech), /^running elsewhere \(build-7\) · /);
    assert.match(runSpoken(there, speech), /^Running elsewhere \(build-7\)\. /);
    assert.equal(first(items, { state: "interrupted" }), "interrupted");
    assert.equal(first(ended("done"), { action: "lock", undone: true }), "undone");
  });

  it("says that something was not as it should be", () => {
    const twice = { outcome: "done", reason: "Made twice: #1, #2.", warns: true } as const;
    const snapshot = runOf([...ended("done"), { result: twice }], { action: "lock" });
    assert.match(runDescription(snapshot, speech), /^1 with a warning · production · /);
    assert.match(runSpoken(snapshot, speech), /^Done with a warning\. /);
    assert.equal(entryDescription(snapshot, 1, speech), "done: Made twice: #1, #2.");
    assert.deepEqual(outlineOf(snapshot).order, [1, 0]);
    const restored = runOf([{ result: { outcome: "done" }, restored: twice }]);
    assert.equal(outlineOf(restored).verdict, "warned");
  });

  it("shows a contact as gone that could be re-created, because it was absent then", () => {
    const lost = { result: { outcome: "unknown" } } as const;
    const unknown = { ...lost, restored: { outcome: "done", newId: 7 } } as const;
    const snapshot = runOf([unknown, unknown]);
    assert.equal(runLabel(snapshot, speech), "Deleted #40101; #40102");
    assert.match(runDescription(snapshot, speech), /^2 gone · 2 restored · /);
    assert.equal(outlineOf(snapshot).verdict, "done");
    assert.equal(
      entryDescription(snapshot, 0, speech),
      "gone: Restoring the contact showed that it was gone. · restored as #7",
    );
    assert.equal(outlineOf(runOf([lost])).verdict, "problem");
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

  it("names up to three contacts, and counts more", () => {
    const done = { result: { outcome: "done" } } as const;
    const named = (name: string) => ({ ...done, name });
    const one = runOf([named("Birkenwald, Käthe")]);
    assert.equal(runLabel(one, speech), "Deleted Birkenwald, Käthe");
    const three = runOf([named("Bünzli, Beat"), done, named("SECRET")], { action: "lock" });
    assert.equal(runLabel(three, speech), "Locked Bünzli, Beat; #40102; ***");
    const many = runOf(
      Array.from({ length: 25 }, () => named("A")),
      { action: "unlock" },
    );
    assert.equal(runLabel(many, speech), "Unlocked 25 contacts");
    const failed = runOf([{ ...named("Bünzli, Beat"), result: { outcome: "failed" } }], { action: "lock" });
    assert.equal(runLabel(failed, speech), "Bünzli, Beat: not locked");
    const some = runOf([named("A"), { ...named("B"), result: { outcome: "failed" } }], { action: "lock" });
    assert.equal(runLabel(some, speech), "Locked 1 of 2 contacts");
  });

  it("counts the contacts of an export, which has no entries", () => {
    const run = runOf([], { plan: { action: "export" } });
    const exported = (achieved: number) => ({ ...run, total: { achieved, planned: 250 } });
    assert.equal(runLabel(exported(250), speech), "Exported 250 contacts");
    assert.equal(runLabel(exported(249), speech), "Exported 249 of 250 contacts");
    assert.match(runSpoken(exported(250), speech), /^Done\. /);
    assert.match(runSpoken(exported(249), speech), /^Incomplete\. /);
  });

  it("tells the time alone for today, else the date too", () => {
    const snapshot = runOf([], { plan: { startedAt: new Date(2026, 6, 28, 12, 24).toISOString() } });
    const german = { ...speech, language: "de" };
    assert.equal(shortTimeOf(snapshot, german, new Date(2026, 6, 28, 23, 59)), "12:24");
    assert.equal(shortTimeOf(snapshot, german, new Date(2026, 6, 29, 0, 1)), "28.07.26, 12:24");
  });

  it("survives a time that is none", () => {
    assert.equal(momentText(NaN, speech), undefined);
    assert.equal(timeOf(runOf([], { plan: { startedAt: "yester\nday" } }), speech), "yester day");
  });
});

describe("an item in the Activity view", () => {
  it("is named by name and UserData, else by its ID", () => {
    const named = runOf([{ name: "Birkenwald, Käthe", userData: "CRM-000441" }, { name: "a\u202e\nSECRET" }]);
    assert.equal(entryLabel(named, 0, speech), "Birkenwald, Käthe · CRM-000441");
    assert.equal(entryLabel(named, 1, speech), "a *** · #40102");

    const snapshot = runOf([{ userData: "CRM-000417" }, {}, { userData: "a\u202e\n[x](command:y)" }]);
    assert.equal(entryLabel(snapshot, 0, speech), "#40101 · CRM-000417");
    assert.equal(entryLabel(snapshot, 1, speech), "#40102");
    assert.equal(entryLabel(snapshot, 2, speech), "#40103 · a [x]\u2060(command:y)");
    assert.equal(entryLabel(snapshot, 9, speech), "No contact");
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
