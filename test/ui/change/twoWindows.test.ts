import assert from "node:assert/strict";
import type { Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken, openOn } from "../../support/workbench/openOn";
import { journalFiles } from "../../support/workbench/journalFiles";

describe("a person with two windows", () => {
  let dialler: SmallDialler;
  let windows: readonly [Workbench, Workbench];

  before(async () => {
    dialler = await startSmallDialler(10);
    const first = await openOn(dialler);
    const second = await first.another();
    windows = [first, second];
    await second.openView();
    // Whether windows share their secrets is up to the host.
    const isAsked = (): Promise<boolean> => second.contacts.isWelcoming("Set Token…");
    const isListed = async (): Promise<boolean> => (await second.contacts.rows()).length > 0;
    await until("the second window's contacts, or its question", async () => (await isAsked()) || isListed());
    if (!(await isListed())) await giveToken(second);
  });

  after(async () => {
    const [first, second] = windows;
    await second.close();
    await first.close();
    await dialler.stop();
  });

  it("deletes the same ten in both, each once, and both runs have a result for all ten (B10)", async () => {
    // Each window has read all ten before the first is deleted.
    dialler.script = async ({ kind }, ordinary) => {
      if (kind === "delete")
        await until("both windows", () => Promise.resolve(dialler.heard.filter(isBatch).length >= 2));
      return ordinary();
    };
    for (const { contacts, dialog, page } of windows) {
      await contacts.select(0);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.press("Delete");
      await dialog.read();
    }
    for (const { dialog } of windows) await dialog.click("Delete 10 Contacts");
    const [first] = windows;
    let sums: string[] = [];
    await until(
      () => `two sums; there are: ${sums.join(" | ")}`,
      async () =>
        (sums = (await first.output.log()).filter((line) => /Deleted \d+ of 10/.test(line))).length === 2,
    );
    const [one, other] = sums.map((line) => ({
      deleted: counted(line, "done"),
      // Deleted by the other window a moment after this one had read them.
      gone: counted(line, "gone"),
    }));
    assert.equal(one && one.deleted + one.gone, 10, sums.join());
    assert.equal(other && other.deleted + other.gone, 10, sums.join());
    assert.equal((one?.deleted ?? 0) + (other?.deleted ?? 0), 10, sums.join());
    assert.equal(dialler.contacts.size, 0);
    assert.equal((await journalFiles(first)).size, 2);
  });

  it("finds both runs in the Activity view of either", async () => {
    for (const { activity } of windows) {
      await activity.expandView();
      await activity.rowsWhen(
        (rows) => rows.filter((row) => /^Deleted (0 of )?10 contacts/.test(row)).length === 2,
      );
    }
  });
});

function isBatch({ kind }: { readonly kind: string }): boolean {
  return kind === "batch";
}

function counted(line: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}
