import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { readRealFile } from "../../support/realFiles/readRealFile";
import { openOn } from "../../support/workbench/openOn";
import type { Workbench } from "../../support/workbench/workbench";

describe("a person who imports files as programs write them", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let folder: string;

  before(async () => {
    dialler = await startSmallDialler(1);
    folder = await mkdtemp(join(tmpdir(), "dlr-real-"));
    workbench = await openOn(dialler);
    await workbench.contacts.rowsWhen((rows) => rows.length === 1);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const sent = (): Record<string, unknown>[] =>
    dialler.heard.flatMap(({ kind, request }) =>
      kind === "import" ? [JSON.parse(request.body) as Record<string, unknown>] : [],
    );

  async function choose(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(folder, name), bytes);
    await workbench.runCommand("Dialler: Import Contacts…");
    await workbench.quickInput.choosePath(join(folder, name));
  }

  it("reads a German spreadsheet by its encoding, headings, numbers and dates", async () => {
    await choose("german.csv", readRealFile("germanExcel.csv"));
    const items = await workbench.quickInput.itemsWhen((all) =>
      all.some((item) => item.includes("→ UserData")),
    );
    assert.match(items.join(" | "), /Nachname → Name \(guessed\)/);
    assert.equal(
      await workbench.quickInput.title(),
      "Import 3 rows, read as Windows-1252 · semicolons · header in line 1",
    );
    await workbench.screenshot("import-german");
    await workbench.quickInput.accept();
    await workbench.quickInput.pick("Spring");
    await workbench.dialog.click("Read First");
    await workbench.editorLinesWhen((lines) =>
      lines.some((line) => line.replaceAll("\u00a0", " ").includes("030 1234567 → 0301234567")),
    );
    await workbench.screenshot("import-converted");
    await workbench.notifications.click(/Nothing has been imported yet/, "Continue…");
    await workbench.dialog.click("Import 3 Contacts");
    await workbench.output.logged(/Imported 3 of 3 on test: 3 done\./);
    assert.deepEqual(
      sent()
        .map(({ UserData, Name, PhoneNumber1, dtNextTry }) => [UserData, Name, PhoneNumber1, dtNextTry])
        .sort(),
      [
        ["CRM-31", "Müller", "0301234567", "2026-12-24T10:00"],
        ["CRM-32", "Weiß", "+491715554433", undefined],
        ["CRM-33", "Groß", "00494055512", "2026-12-24T09:30"],
      ],
    );
  });

  it("imports seven rows of eight around a misplaced quotation mark", async () => {
    const from = sent().length;
    await choose("quoted.csv", readRealFile("quotedWordFirst.csv"));
    await workbench.quickInput.itemsWhen((all) => all.some((item) => item.includes("→ UserData")));
    await workbench.quickInput.accept();
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /Cannot be imported: 1 \(line 5\)/);
    await workbench.dialog.click("Import 7 Contacts");
    await workbench.output.logged(/Imported 7 of 8 on test: 7 done, 1 skipped\./);
    assert.deepEqual(
      sent()
        .slice(from)
        .map(({ UserData }) => UserData)
        .sort(),
      ["X-1", "X-2", "X-3", "X-5", "X-6", "X-7", "X-8"],
    );
  });

  it("is told what to do with a spreadsheet, and with an encoding that nobody can know (F04, F17)", async () => {
    const from = dialler.requests.length;
    await choose("book.xlsx", Buffer.from("PK\u0003\u0004xl/workbook.xml", "latin1"));
    await workbench.notifications.read(/book\.xlsx is a spreadsheet\. Save it as “CSV UTF-8”/);
    const row = "DiallerCampaignsID;UserData;Name;PhoneNumber1\r\n71;A;Wei";
    await choose(
      "unknown.csv",
      Buffer.concat([Buffer.from(row), Buffer.from([0xe1]), Buffer.from(";1\r\n")]),
    );
    await workbench.notifications.read(
      /unknown\.csv can be read as .*, and lines 2 differ\. Save it as UTF-8\./,
    );
    assert.equal(dialler.requests.length, from);
  });
});
