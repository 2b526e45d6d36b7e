import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Workbench } from "../../support/workbench/workbench";
import * as reply from "../../support/dialler/scriptedReply";
import { until } from "../../support/workbench/until";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { openOn } from "../../support/workbench/openOn";
import { journalsOf } from "../../support/workbench/journalFiles";

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly { readonly id: number | null; readonly outcome: string }[];
}

describe("a run in which everything happens", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let report: Report;
  const ids = [1, 2, 3, 4, 5, 6, 1, 7, 8, 9, 10];
  // A "not found" for a contact that was read a moment before is gone.
  const counts = { done: 1, gone: 2, notFound: 1, failed: 2, unknown: 1, skipped: 2, notAttempted: 2 };

  before(async () => {
    dialler = await startSmallDialler([1, 2, 3, 4, 5, 6, 8, 9, 10].map((ID) => ({ ID })));
    let batches = 0;
    dialler.script = ({ kind, id }, ordinary) => {
      if (kind === "batch" && ++batches === 2) {
        dialler.contacts.set(6, { ...dialler.contacts.get(6), Name: "Somebody else" });
      }
      if (kind !== "delete") return ordinary();
      switch (id) {
        case 2:
          void ordinary();
          return reply.reset();
        case 3:
          void ordinary();
          return ordinary();
        case 4:
          return reply.json(400, { status: 400, error: "A parameter is missing" });
        case 5:
          // Never carried out, which nothing shows: it is looked at for half a minute.
          return reply.reset();
        case 8:
          return reply.html(403, "<h1>Forbidden</h1>");
        default:
          return ordinary();
      }
    };
    workbench = await openOn(dialler, {
      others: { looking: { baseUrl: dialler.baseUrl, readOnly: true } },
      settings: { "dialler.requests.concurrency": 1 },
    });
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("returns a report whose counts add up to the items planned", async () => {
    const answer = join(workbench.window.userDataDir, "answer.json");
    const call = { command: "dialler.contact.delete", argument: { ids }, answer };
    await workbench.copy(JSON.stringify(call));
    await workbench.runCommand("Caller: Call");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /1 × not found/);
    assert.match(detail, /1 × skipped/);
    await workbench.dialog.click("Delete 9 Contacts");
    let text = "";
    const isThere = async (): Promise<boolean> => {
      text = await readFile(answer, "utf8").catch(() => "");
      return text !== "";
    };
    await until("the report", isThere, 60_000);
    ({ report } = JSON.parse(text) as { report: Report });
    assert.deepEqual(report.counts, counts);
    assert.equal(report.items.length, ids.length);
  });

  it("is in the log, line by line, as in the report", async () => {
    await workbench.output.logged(
      /Deleted 3 of 11 on test: 1 done, 2 gone, 1 not found, 2 failed, 1 unknown, 2 skipped, 2 not attempted\./,
    );
    const log = (await workbench.output.log()).join("\n");
    const logged = [...log.matchAll(/test delete #(\d+) (\w+) HTTP/g)].map(([, id, word]) => `${id} ${word}`);
    // Neighbours that were not attempted for one reason are one line.
    const ranges = [...log.matchAll(/test delete #(\d+)…#(\d+) \(2\) notAttempted/g)].flatMap(
      ([, from, to]) => [from, to].map((id) => `${id} notAttempted`),
    );
    const reported = report.items.map(({ id, outcome }) => `${id} ${outcome}`);
    assert.deepEqual([...logged, ...ranges].sort(), reported.sort());
  });

  it("is in the journal as in the report, with every record that was sent for deletion", async () => {
    const [lines = []] = await journalsOf(workbench);
    const [head] = lines;
    const logged = lines.flatMap(({ line, item, outcome }) =>
      line === "outcome" ? `${head?.items[item]?.id ?? null} ${outcome}` : [],
    );
    assert.deepEqual(logged.sort(), report.items.map(({ id, outcome }) => `${id} ${outcome}`).sort());
    const kept = lines.flatMap(({ line, record }) => (line === "intent" ? Number(record?.ID) : []));
    assert.deepEqual(
      kept.sort((a, b) => a - b),
      [...new Set(dialler.idsOf("delete"))].sort((a, b) => a - b),
    );
    assert.equal(lines.at(-1)?.line, "end");
  });

  it("is in the Activity view as in the report", async () => {
    await workbench.activity.expandView();
    const rows = await workbench.activity.rowsWhen((all) =>
      all.some((row) => row.startsWith("Deleted 3 of 11")),
    );
    assert.match(rows[0] ?? "", /2 gone/);
    for (const words of ["2 failed", "1 unknown", "2 skipped", "1 not found", "2 not attempted"]) {
      assert.ok(rows[0]?.includes(words), `${words} in ${rows[0] ?? ""}`);
    }
    await workbench.activity.expand(/^Deleted 3 of 11/);
    await workbench.screenshot("everything");
    await workbench.activity.contextMenu(/^Deleted 3 of 11/, "Copy Report…");
    await workbench.quickInput.itemsWhen((items) => items.length === 2);
    await workbench.quickInput.accept();
    await workbench.clipboard(/Deleted 3 of 11 on test/);
  });

  it("verifies what is unknown by reading, also where nothing may be changed, and changes nothing", async () => {
    const before = dialler.changing().length;
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("looking");
    await workbench.statusBarItem("looking (read-only)").waitFor();
    await workbench.activity.contextMenu(/^Deleted 3 of 11/, "Verify Unknown Contacts");
    await workbench.output.logged(/test delete #5 unknown HTTP - 0 ms/);
    // Still there proves nothing, so it stays unknown.
    await workbench.output.logged(
      /Deleted 3 of 11 on test: 1 done, 2 gone, 1 not found, 2 failed, 1 unknown/,
      2,
    );
    assert.equal(dialler.changing().length, before);
  });
});
