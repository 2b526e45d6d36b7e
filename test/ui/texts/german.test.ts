import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { SideBarView } from "../../support/workbench/sideBarView";
import { until } from "../../support/workbench/until";

const campaign = "Customer Survey 2026";
const brandt = "Brandt, Sönke";

describe("a person whose VS Code is German", () => {
  let workbench: Workbench;
  let contacts: SideBarView;

  before(async function () {
    // A desktop VS Code takes its language from a language pack, which is not there.
    if (process.env.DIALLER_TEST_HOST === "desktop") return this.skip();
    workbench = await openWorkbench({ language: "de" });
    await workbench.openView();
    contacts = new SideBarView(workbench.page, "Kontakte");
  });

  after(() => workbench.close());

  it("is welcomed in German", async () => {
    let welcome = await contacts.welcome();
    // Rarely, VS Code trusts an empty window only after a reload, although trust is turned off.
    if (welcome.includes("Vertrauensstellung verwalten")) {
      await workbench.reload();
      welcome = await contacts.welcome();
    }
    assert.ok(welcome.includes("Endpunkt hinzufügen…"), welcome.join());
    await workbench.screenshot("german-welcome");
    await contacts.clickWelcome("Demo-Dialler ausprobieren");
    await contacts.rowsWhen((rows) => rows.length === 5);
  });

  it("locks a contact with a German menu, and hears the German word in its row", async () => {
    await contacts.expand(campaign);
    await contacts.rowsWhen((rows) => rows.length > 10);
    const lockedIn = (rows: readonly string[]): number =>
      Number(/2026 \d+, (\d+) gesperrt/.exec(rows.join("\n"))?.[1]);
    const before = lockedIn(await contacts.rowsWhen((rows) => lockedIn(rows) > 0));
    await contacts.contextMenu(brandt, "Kontakt sperren");
    await contacts.locked(new RegExp(`^${brandt}`));
    await contacts.rowsWhen((rows) => lockedIn(rows) === before + 1);
    const row = await contacts.row(brandt);
    assert.match(String(await row.getAttribute("aria-label")), /^Gesperrt\. Brandt, Sönke\. ID 40225/);
    await workbench.screenshot("german-contacts");
  });

  it("is asked in German before a delete", async () => {
    await chooseDelete();
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.equal(message, "Kontakt Brandt, Sönke #40225 auf Demo löschen?");
    assert.match(detail, /Kampagne: Customer Survey 2026 #72\nUserData: „CRM-000541“\nEndpunkt: Demo/);
    assert.ok(buttons.includes("Löschen"), buttons.join());
    await workbench.screenshot("german-delete");
    await workbench.dialog.click("Löschen");
    await contacts.rowsWhen((rows) => !rows.some((row) => row.startsWith(brandt)));
    await contacts.goneOn();
  });

  it("finds the contract's words in the lines of the log, and a German summary below them", async () => {
    await workbench.showOutput();
    await workbench.output.logged(/Demo lock #40225 done HTTP 200/);
    await workbench.output.logged(/Demo delete #40225 done HTTP 200/);
    await workbench.output.logged(/1 von 1 auf Demo gelöscht: 1 erledigt\./);
    await workbench.screenshot("german-output");
  });

  it("finds the commands by their German titles", async () => {
    await workbench.runCommand("Dialler: Kontakte aktualisieren");
    await workbench.page.keyboard.press("F1");
    await workbench.quickInput.type(">Dialler: ");
    await workbench.quickInput.itemsWhen((items) => items.length > 5);
    await workbench.screenshot("german-palette");
    await workbench.page.keyboard.press("Escape");
  });

  /** A list that refreshes closes its menu; a person would try again. */
  async function chooseDelete(): Promise<void> {
    const question = workbench.page.locator(".monaco-dialog-box");
    await until("the question", async () => {
      await contacts.contextMenu(brandt, "Kontakt löschen…");
      return question.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }
});
