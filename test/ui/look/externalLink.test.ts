import assert from "node:assert/strict";
import { type DemoServer, startDemoServer } from "../../../src/dialler/demo/demoServer";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { importedInto } from "../../support/dialler/importedInto";
import { enterToken } from "../../support/workbench/openOn";
import { token } from "../../support/dialler/token";

const linked = "https://crm.example.com/c?q=a%26b%23c";

describe("a person whose contacts have links", () => {
  let workbench: Workbench;
  let server: DemoServer;
  const ids = { withLink: 0, plainLink: 0, script: 40281 };

  before(async () => {
    server = await startDemoServer({ token });
    ids.withLink = await importedInto(server, token, { Name: "Aaronson", ExternalSystemLink: linked });
    ids.plainLink = await importedInto(server, token, {
      ...{ Name: "Aaronsen", ExternalSystemLink: "http://crm.example.com/c/1" },
    });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": { mine: { baseUrl: server.baseUrl, environment: "development" } },
        "dialler.activeEndpoint": "mine",
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  });

  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it("opens an external link only after its host was shown, and exactly that link (D17)", async () => {
    const opened: string[] = [];
    const context = workbench.page.context();
    await context.route("https://crm.example.com/**", (route) => {
      opened.push(route.request().url());
      return route.fulfill({ body: "a page" });
    });
    await askForId("Open External Link", ids.withLink);
    const { message, detail, buttons } = await workbench.dialog.read();
    assert.equal(message, "Open a page on crm.example.com?");
    assert.equal(detail, linked);
    assert.deepEqual([...buttons].sort(), ["Cancel", "Open"]);
    await workbench.screenshot("link");
    await workbench.dialog.click("Cancel");
    await askForId("Open External Link", ids.withLink);
    await workbench.dialog.click("Open");
    // VS Code asks once more, because it does not know the site.
    await until("the page to be opened", async () => {
      if (await workbench.dialog.isShown()) await workbench.dialog.click("Open");
      return opened.length > 0;
    });
    assert.deepEqual(opened, [linked]);
    await context.unroute("https://crm.example.com/**");
  });

  it("opens no link that could run something or is read on the way (D16)", async () => {
    await askForId("Open External Link", ids.script);
    await workbench.notifications.read(/does not begin with https: and was not opened/);
    await askForId("Open External Link", ids.plainLink);
    await workbench.notifications.read(
      /uses http and was not opened\. The setting dialler\.links\.allowHttp/,
    );
    assert.equal(await workbench.dialog.isShown(), false);
  });

  async function askForId(title: string, id: number): Promise<void> {
    await workbench.runCommand(`Dialler: ${title}`);
    await workbench.quickInput.messageWhen(/^The ID of the contact/);
    await workbench.quickInput.type(String(id));
    await workbench.quickInput.accept();
  }
});
