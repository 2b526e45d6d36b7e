import assert from "node:assert/strict";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { focusedRowWhen } from "../../support/workbench/focusedRow";
import { openOn } from "../../support/workbench/openOn";
import { until } from "../../support/workbench/until";
import type { Workbench } from "../../support/workbench/workbench";

for (const groupBy of ["none", "campaign"] as const)
  describe(`a person whose filter hides the contact that is looked for, grouped by ${groupBy}`, () => {
    let workbench: Workbench;
    let dialler: SmallDialler;

    before(async () => {
      // Contact 4 is in a campaign in which the filter matches nothing.
      dialler = await startSmallDialler(
        Array.from({ length: 12 }, (_, at) => ({ ID: at + 1, DiallerCampaignsID: at === 3 ? 71 : 72 })),
      );
      workbench = await openOn(dialler, { settings: { "dialler.sortBy": "id", "dialler.groupBy": groupBy } });
      if (groupBy === "campaign") {
        await workbench.contacts.expand("Spring");
        await workbench.contacts.expand("Survey");
      }
      await workbench.contacts.rowsWhen((rows) => rows.length >= 12);
      await workbench.contacts.contextMenu("Name 4", "Lock Contact");
      await workbench.contacts.locked("Name 4");
      await workbench.activity.expandView();
      await workbench.activity.expand(0);
    });

    after(async () => {
      await workbench.close();
      await dialler.stop();
    });

    for (const [title, look] of [
      ["Find Contact…", find],
      ["Show in Contacts", show],
    ] as const)
      it(`is offered by ${title} to clear the filter, and never reads of a tree item`, async () => {
        await workbench.runCommand("View: Close All Editors");
        await workbench.contacts.clickAction("Filter Contacts…");
        await workbench.quickInput.type("crm-1");
        await workbench.quickInput.accept();
        const isFiltered = (rows: readonly string[]): boolean =>
          rows.every((row) => /^(Name 1|Survey)/.test(row));
        await workbench.contacts.rowsWhen(isFiltered);
        await workbench.contacts.select("Name 12");
        const before = dialler.idsOf("lock").length;
        await look();
        const hidden = /The filter hides Name 4 #4 in the list\. Its record is open instead\./;
        await workbench.notifications.read(hidden);
        await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"ID": 4,')));
        // Nothing was cleared silently, and the row that was highlighted before is not what the keys act on.
        assert.ok(isFiltered(await workbench.contacts.rows()));
        await workbench.page.keyboard.press("ControlOrMeta+l");
        await workbench.screenshot(`hidden-${groupBy}-${title.replace(/\W+/g, "-")}`);
        await workbench.notifications.click(hidden, "Clear Filter and Show");
        await focusedRowWhen(workbench, "Name 4");
        assert.deepEqual(dialler.idsOf("lock").slice(before), []);
        await workbench.page.keyboard.press("ControlOrMeta+l");
        await until("the lock of what was found", () =>
          Promise.resolve(dialler.idsOf("lock").length > before),
        );
        assert.deepEqual(dialler.idsOf("lock").slice(before), [4]);
        const messages = (await workbench.notifications.shown()).map(({ message }) => message);
        assert.ok(!messages.join().includes("Cannot resolve"), messages.join());
      });

    async function find(): Promise<void> {
      await workbench.runCommand("Dialler: Find Contact…");
      await workbench.quickInput.type("4");
      await workbench.quickInput.itemsWhen(([first]) => first?.startsWith("Name 4 ") === true);
      await workbench.quickInput.accept();
    }

    async function show(): Promise<void> {
      await workbench.activity.contextMenu(/^Name 4\b/, "Show in Contacts");
    }
  });
