import assert from "node:assert/strict";
import { startDemoServer, type DemoRequest, type DemoServer } from "../../../src/dialler/demo/demoServer";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { token } from "../../support/dialler/token";

describe("a person with a dialler of their own", () => {
  for (const slash of ["", "/"]) {
    describe(
      slash === "" ? "whose base URL ends without a slash (I15)" : "whose base URL ends with a slash (I15)",
      () => {
        let workbench: Workbench;
        let server: DemoServer;
        let seen: DemoRequest[] = [];
        const changes = (): string[] =>
          seen
            .filter(({ method }) => method === "DELETE" || method === "PATCH")
            .map(({ method, path }) => `${method} ${path}`);

        before(async () => {
          server = await startDemoServer({ token, observe: (request) => seen.push(request) });
          workbench = await openWorkbench();
          await workbench.openView();
        });

        beforeEach(() => {
          seen = [];
        });

        after(async () => {
          await workbench.close();
          await server.stop();
        });

        it("adds it step by step, the token in a password box, and sees its campaigns", async () => {
          await workbench.contacts.clickWelcome("Add Endpoint…");
          await workbench.quickInput.type("Mine");
          await workbench.quickInput.accept();
          await titled("2/4");
          await workbench.quickInput.type(server.baseUrl + slash);
          await workbench.quickInput.accept();
          await titled("3/4");
          // A loopback address is hardly ever production: development is offered first.
          assert.match((await workbench.quickInput.items())[0] ?? "", /^development/);
          await workbench.quickInput.accept();
          await titled("4/4");
          assert.equal(
            await workbench.page.locator(".quick-input-box input").getAttribute("type"),
            "password",
          );
          await workbench.quickInput.type(`Bearer ${token}`);
          await workbench.quickInput.accept();
          await workbench.contacts.rowsWhen((rows) => rows.length === 5);
          await workbench.statusBarItem("Mine (development)").waitFor();
          assert.deepEqual([...new Set(seen.map(({ path }) => path))], ["/rest/v1.0/7/dialler/campaigns"]);
        });

        it("locks and unlocks a contact with one request each", async () => {
          await workbench.contacts.expand("Customer Survey 2026");
          await workbench.contacts.contextMenu("Brandt, Sönke", "Lock Contact");
          await workbench.contacts.locked("Brandt, Sönke");
          await workbench.contacts.contextMenu("Brandt, Sönke", "Unlock Contact");
          await workbench.contacts.unlocked("Brandt, Sönke");
          assert.deepEqual(changes(), [
            "PATCH /rest/v1.0/7/dialler/contacts/contact/40225/lock",
            "PATCH /rest/v1.0/7/dialler/contacts/contact/40225/unlock",
          ]);
        });

        it("deletes by UserData only the contact that was chosen, by its ID (I09)", async () => {
          await workbench.runCommand("Dialler: Delete Contacts by UserData…");
          await workbench.quickInput.type("CRM-000477");
          await workbench.quickInput.accept();
          await workbench.quickInput.itemsWhen((items) => items.length === 2);
          assert.deepEqual(changes(), []);
          await workbench.quickInput.tick("Grünwald, Sönke #40161");
          await workbench.quickInput.accept();
          await workbench.dialog.click("Delete");
          await workbench.output.logged(/Mine delete #40161 done HTTP 200/);
          assert.deepEqual(changes(), ["DELETE /rest/v1.0/7/dialler/contacts/contact/40161"]);
          assert.equal(server.contactCount(), 399);
        });

        it("locks a few selected rows at once, because a click undoes it", async () => {
          await workbench.contacts.select("Bünzli, Beat");
          await workbench.contacts.select("Burgbach, Lena", "ControlOrMeta");
          await workbench.contacts.contextMenu("Burgbach, Lena", "Lock Contact");
          await workbench.contacts.locked("Burgbach, Lena");
          assert.equal(changes().length, 2);
        });

        it("leaves no token in the log", async () => {
          const text = (await workbench.output.log()).join("\n");
          assert.ok(text.includes("Mine delete #40161 done"));
          assert.ok(!text.includes("SECRET"));
        });

        async function titled(step: string): Promise<void> {
          await workbench.page.locator(".quick-input-title:visible", { hasText: step }).waitFor();
        }
      },
    );
  }
});
