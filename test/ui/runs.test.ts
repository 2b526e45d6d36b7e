import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Workbench } from "../support/workbench/workbench";
import * as reply from "../support/dialler/scriptedReply";
import { until } from "../support/workbench/until";
import { byTheBook, gate, type SmallDialler, startSmallDialler } from "../support/dialler/smallDialler";
import { giveToken, journalFiles, openOn } from "../support/workbench/openOn";

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly { readonly id: number | null; readonly outcome: string }[];
}

interface Line {
  readonly line: string;
  readonly item: number;
  readonly outcome: string;
  readonly record?: Readonly<Record<string, unknown>>;
  readonly owner: { readonly pid: number };
  readonly items: readonly { readonly id?: number }[];
}

/** The lines of the journal's files, a list per file. */
async function journalsOf(workbench: Workbench): Promise<Line[][]> {
  const files = await journalFiles(workbench);
  return [...files.values()].map((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line),
  );
}

/** The files below a folder that hold what matches, whatever program has written them. */
async function filesWith(folder: string, text: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && text.test(await readFile(path, "latin1").catch(() => ""))) found.push(path);
  }
  return found;
}

describe("a run in which everything happens", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let report: Report;
  const ids = [1, 2, 3, 4, 5, 6, 1, 7, 8, 9, 10];
  const counts = { done: 1, gone: 1, notFound: 2, failed: 2, unknown: 1, skipped: 2, notAttempted: 2 };

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
          return reply.json(200, { status: 500 });
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
    await until("the report", async () => {
      text = await readFile(answer, "utf8").catch(() => "");
      return text !== "";
    });
    ({ report } = JSON.parse(text) as { report: Report });
    assert.deepEqual(report.counts, counts);
    assert.equal(report.items.length, ids.length);
  });

  it("is told by the log, line by line, as the report tells it", async () => {
    await workbench.output.logged(
      /Deleted 2 of 11 on test: 1 done, 1 gone, 2 not found, 2 failed, 1 unknown, 2 skipped, 2 not attempted\./,
    );
    const log = (await workbench.output.log()).join("\n");
    const told = [...log.matchAll(/test delete #(\d+) (\w+) HTTP/g)].map(([, id, word]) => `${id} ${word}`);
    // Neighbours that were not attempted for one reason are one line.
    const ranges = [...log.matchAll(/test delete #(\d+)…#(\d+) \(2\) notAttempted/g)].flatMap(
      ([, from, to]) => [from, to].map((id) => `${id} notAttempted`),
    );
    const reported = report.items.map(({ id, outcome }) => `${id} ${outcome}`);
    assert.deepEqual([...told, ...ranges].sort(), reported.sort());
  });

  it("is told by the journal as the report tells it, with every record that was sent for deletion", async () => {
    const [lines = []] = await journalsOf(workbench);
    const [head] = lines;
    const told = lines.flatMap(({ line, item, outcome }) =>
      line === "outcome" ? `${head?.items[item]?.id ?? null} ${outcome}` : [],
    );
    assert.deepEqual(told.sort(), report.items.map(({ id, outcome }) => `${id} ${outcome}`).sort());
    const kept = lines.flatMap(({ line, record }) => (line === "intent" ? Number(record?.ID) : []));
    assert.deepEqual(
      kept.sort((a, b) => a - b),
      [...new Set(dialler.idsOf("delete"))].sort((a, b) => a - b),
    );
    assert.equal(lines.at(-1)?.line, "end");
  });

  it("is told by the Activity view as the report tells it", async () => {
    await workbench.activity.expandView();
    const rows = await workbench.activity.rowsWhen((all) =>
      all.some((row) => row.startsWith("Deleted 2 of 11")),
    );
    assert.match(rows[0] ?? "", /1 gone/);
    for (const words of ["2 failed", "1 unknown", "2 skipped", "2 not found", "2 not attempted"]) {
      assert.ok(rows[0]?.includes(words), `${words} in ${rows[0] ?? ""}`);
    }
    await workbench.activity.expand(/^Deleted 2 of 11/);
    await workbench.screenshot("everything");
    await workbench.activity.contextMenu(/^Deleted 2 of 11/, "Copy Report…");
    await workbench.quickInput.itemsWhen((items) => items.length === 2);
    await workbench.quickInput.accept();
    await workbench.clipboard(/Deleted 2 of 11 on test/);
  });

  it("verifies what is unknown by reading, also where nothing may be changed, and changes nothing", async () => {
    const before = dialler.changing().length;
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("looking");
    await workbench.statusBarItem("looking (read-only)").waitFor();
    await workbench.activity.contextMenu(/^Deleted 2 of 11/, "Verify Unknown");
    await workbench.output.logged(/test delete #5 failed HTTP - 0 ms/);
    await workbench.output.logged(
      /Deleted 2 of 11 on test: 1 done, 1 gone, 2 not found, 3 failed, 2 skipped, 2/,
    );
    assert.equal(dialler.changing().length, before);
  });
});

describe("a run whose requests are never answered", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    const ids = Array.from({ length: 20 }, (_, at) => at + 1);
    dialler = await startSmallDialler(
      ids.map((ID) => ({ ID, UserData: `ZEBRA-${ID}`, Company: "Zebrafish" })),
    );
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("can be given up with a second Cancel, and what was under way is unknown until it is verified (B03)", async () => {
    dialler.script = ({ kind }, ordinary) => {
      if (kind !== "lock") return ordinary();
      void ordinary();
      return reply.hang();
    };
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.contacts.contextMenu("Name 1", "Lock Contact");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await until("four requests under way", () => Promise.resolve(dialler.idsOf("lock").length === 4));
    await workbench.notifications.click(/Locking contacts on test/, "Cancel");
    await workbench.notifications.click(/Waiting for 4 requests/, "Cancel");
    await workbench.output.logged(/Locked 0 of 20 on test: 4 unknown, 16 not attempted\./);
    assert.equal(dialler.idsOf("lock").length, 4);
    await workbench.screenshot("given-up");
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("is not resumed where its verification is cancelled", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "batch" || kind === "read" ? reply.hang() : ordinary();
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Locked 0 of 20 on test/, "Resume Run");
    await workbench.notifications.click(/Verifying contacts on test/, "Cancel");
    await workbench.output.logged(/Locked 0 of 20 on test: 4 unknown, 16 not attempted\./, 2);
    assert.equal(dialler.idsOf("lock").length, 4);
    dialler.script = byTheBook;
    await workbench.notifications.click(/Locked 0 of 20 on test/, "Verify Unknown");
    await workbench.output.logged(/Locked 4 of 20 on test: 4 done, 16 not attempted\./);
    assert.equal(dialler.idsOf("lock").length, 4);
  });

  it("has its contacts shown in the list by Enter", async () => {
    await workbench.activity.expand(/^Locked 4 of 20 on test/);
    await workbench.activity.select(/#2(?!\d)/);
    await workbench.page.keyboard.press("Enter");
    const row = await workbench.contacts.row(/^Name 2(?!\d)/);
    await until(
      "the contact to be selected",
      async () => (await row.getAttribute("aria-selected")) === "true",
    );
    await workbench.activity.collapseView();
  });

  it("shows the exact requests of a dry run, and sends none of them", async () => {
    const before = dialler.requests.length;
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.clickButton("Dry Run");
    const lines = await workbench.editorLinesWhen((all) => all.some((line) => line.startsWith("DELETE")));
    assert.ok(
      lines.some((line) => line.startsWith(`POST ${dialler.baseUrl}/dialler/contacts?languagesID=1`)),
    );
    assert.ok(lines.includes(`DELETE ${dialler.baseUrl}/dialler/contacts/contact/1`), lines.join("\n"));
    await workbench.screenshot("dry-run");
    assert.equal(dialler.requests.length, before);
  });

  it("leaves nothing of the persons on disk when they are deleted without a journal (B22)", async () => {
    const onDisk = (): Promise<string[]> => filesWith(workbench.window.userDataDir, /ZEBRA-|Zebrafish/);
    // Of a deletion with a journal there is something to be found.
    await workbench.contacts.select("Name 20");
    await workbench.page.keyboard.press("Delete");
    await workbench.dialog.click("Delete");
    await workbench.output.logged(/Deleted 1 of 1 on test: 1 done\./);
    assert.equal((await onDisk()).length, 1);
    await workbench.contacts.rowsWhen((rows) => !rows.some((row) => row.startsWith("Name 20")));
    for (const path of (await journalFiles(workbench)).keys()) await rm(path);

    await workbench.contacts.select("Name 1");
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.clickButton("Delete Without Journal");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /No record of it is kept/);
    await workbench.dialog.click("Delete 19 Contacts");
    await workbench.output.logged(/Deleted 19 of 19 on test: 19 done\./);
    assert.equal(dialler.contacts.size, 0);
    assert.deepEqual(await journalsOf(workbench), []);
    assert.deepEqual(await onDisk(), []);
  });
});

describe("a run whose extension host is killed in the middle", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(20);
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("had written down every record that the server was asked to delete (B12)", async () => {
    const held = gate();
    dialler.script = async ({ kind }, ordinary) => {
      const answer = ordinary();
      if (kind === "delete" && dialler.idsOf("delete").length > 5) await held.opened;
      return answer;
    };
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete 20 Contacts");
    await until("four deletions under way", () => Promise.resolve(dialler.idsOf("delete").length === 9));
    const [lines = []] = await journalsOf(workbench);
    const kept = lines.flatMap(({ line, record }) => (line === "intent" ? Number(record?.ID) : []));
    assert.deepEqual(new Set(kept), new Set(dialler.idsOf("delete")));
    const { pid } = lines[0]?.owner ?? {};
    assert.ok(pid !== undefined);
    process.kill(pid, "SIGKILL");
    held.open();
  });

  it("is shown as interrupted by the next one, which verifies the unknown and deletes only the rest (B11)", async () => {
    await workbench.reload();
    await workbench.openView();
    if ((await workbench.contacts.welcome()).join().includes("Set Token")) await giveToken(workbench);
    await workbench.activity.expandView();
    await workbench.activity.rowsWhen((rows) => rows.some((row) => row.includes("interrupted")), 30_000);
    await workbench.screenshot("interrupted");
    await workbench.activity.contextMenu(/^Deleted 5 of 20 on test/, "Resume Run");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    assert.match(await workbench.quickInput.title(), /Delete 11 Contacts on test/);
    await workbench.quickInput.accept();
    await workbench.dialog.click("Delete 11 Contacts");
    await workbench.output.logged(/Deleted 20 of 20 on test: 16 done, 4 gone\./);
    const deleted = dialler.idsOf("delete");
    assert.equal(deleted.length, 20);
    assert.equal(new Set(deleted).size, 20);
    assert.equal(dialler.contacts.size, 0);
  });
});

describe("a run that a rejected token has stopped", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;

  before(async () => {
    dialler = await startSmallDialler(20);
    workbench = await openOn(dialler);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("asks for a token once, and after a resume offers to retry what had failed instead of asking again", async () => {
    dialler.script = ({ kind }, ordinary) =>
      kind === "lock" && dialler.idsOf("lock").length > 8
        ? reply.json(401, { status: 401, error: "Unauthorized" })
        : ordinary();
    await workbench.contacts.select(0);
    await workbench.page.keyboard.press("ControlOrMeta+A");
    await workbench.contacts.contextMenu("Name 1", "Lock Contact");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.quickInput.accept();
    const stopped = await workbench.notifications.read(
      /Locked 8 of 20 on test: 8 done, \d failed.*Token rejected/,
    );
    // As many as were under way when the first was rejected.
    const failed = Number(/(\d) failed/.exec(stopped.message)?.[1]);
    const contacts = (count: number): string => (count === 1 ? "Lock" : `Lock ${count} Contacts`);
    const asking = await workbench.notifications.shown();
    assert.equal(asking.filter(({ buttons }) => buttons.includes("Set Token…")).length, 1);
    await workbench.runCommand("Notifications: Clear All Notifications");
    dialler.script = (_, ordinary) => ordinary();
    await workbench.activity.expandView();
    await workbench.activity.contextMenu(/^Locked 8 of 20 on test/, "Resume Run");
    // More than ten are shown first, and accepting that is the answer.
    if (12 - failed > 10) await workbench.quickInput.itemsWhen((items) => items.length > 5);
    if (12 - failed > 10) await workbench.quickInput.accept();
    else await workbench.dialog.click(contacts(12 - failed));
    const { message, buttons } = await workbench.notifications.read(
      new RegExp(`Locked ${20 - failed} of 20 on test: ${20 - failed} done, ${failed} failed`),
    );
    assert.deepEqual(buttons, ["Retry Failed"]);
    assert.doesNotMatch(message, /Token/);
    await workbench.notifications.click(new RegExp(`Locked ${20 - failed} of 20`), "Retry Failed");
    if (failed > 1) await workbench.dialog.click(contacts(failed));
    await workbench.output.logged(/Locked 20 of 20 on test: 20 done\./);
  });
});
