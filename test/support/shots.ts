// `npm run shots`: the pictures of the README and the docs, taken from a real window with the packaged extension, light and dark.
import { join } from "node:path";
import { type DemoServer, type DemoServerOptions, startDemoServer } from "../../src/dialler/demo/demoServer";
import { chooseHost } from "./host/chooseHost";
import { installExtensions, packageExtension } from "./host/installExtension";
import { makeProfile, projectRoot } from "./host/places";
import { versionWanted } from "./host/versions";
import { pickIds } from "./workbench/pickIds";
import { openWorkbench, type Workbench } from "./workbench/workbench";

const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };

/** Small enough that its text can be read where the picture is shown. */
const pictureSize = { width: 1024, height: 640 };

const token = "a-token-of-the-demo";
const campaign = "Customer Survey 2026";

/** What goes wrong with deletions in the picture of the Activity view: one fails, one is lost on its way. */
let deletions = 0;
const mishap: DemoServerOptions["mishap"] & object = ({ method }) => {
  if (method !== "DELETE") return undefined;
  deletions++;
  if (deletions === 3) return { status: 400, body: { status: 400, error: "The contact is in a call" } };
  return deletions === 5 ? { reset: "after" } : undefined;
};

async function main(): Promise<void> {
  const version = versionWanted();
  const host = await chooseHost(version);
  if (host.kind === "none") throw new Error(`There is no VS Code to take pictures of: ${host.why}.`);
  const profile = await makeProfile();
  try {
    const vsix = join(projectRoot, "out", "dialler-contacts.vsix");
    await packageExtension(projectRoot, vsix);
    await installExtensions(host, version, profile.extensionsDir, [vsix]);
    for (const [name, theme] of Object.entries(themes)) {
      deletions = 0;
      const dialler = await startDemoServer({ token, mishap });
      try {
        await takeAll(version, profile.extensionsDir, name, theme, dialler);
      } finally {
        await dialler.stop();
      }
    }
  } finally {
    await profile.remove();
  }
}

async function takeAll(
  version: string,
  extensionsDir: string,
  name: string,
  theme: string,
  dialler: DemoServer,
): Promise<void> {
  const workbench = await openWorkbench({
    version,
    extensionsDir,
    settings: {
      "workbench.colorTheme": theme,
      "dialler.endpoints": { test: { baseUrl: dialler.baseUrl, environment: "test" } },
      "dialler.activeEndpoint": "test",
    },
  });
  try {
    await workbench.page.setViewportSize(pictureSize);
    const take = async (what: string): Promise<void> => {
      await workbench.movePointerAway();
      const path = join(projectRoot, "media", "shots", `${what}-${name}.png`);
      await workbench.page.screenshot({ path });
      console.log(path);
    };
    await showContacts(workbench);
    await take("contacts");
    await showPreview(workbench);
    await take("preview");
    await workbench.quickInput.cancel();
    await deleteSeven(workbench);
    await take("activity");
  } finally {
    await workbench.close();
  }
}

async function showContacts(workbench: Workbench): Promise<void> {
  await workbench.openView();
  await workbench.contacts.clickWelcome("Set Token…");
  await workbench.quickInput.type(token);
  await workbench.quickInput.accept();
  await workbench.contacts.rowsWhen((rows) => rows.length === 5);
  await workbench.contacts.expand(campaign);
  await workbench.contacts.rowsWhen((rows) => rows.length > 10);
  await workbench.contacts.select("Bünzli, Beat");
  await workbench.page.keyboard.press("Enter");
  await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"UserData"')));
  // The members that are null are folded a moment later.
  await workbench.page.locator(".monaco-editor .inline-folded").first().waitFor();
}

/** A list from the clipboard, with an entry that matches no contact and a blank one. */
async function showPreview(workbench: Workbench): Promise<void> {
  const lines = [...Array.from({ length: 12 }, (_, at) => String(40302 + at * 7)), " ", "99999999"];
  await workbench.copy(lines.join("\n"));
  await workbench.runCommand("Dialler: Lock Contacts in List…");
  await pickIds(workbench, "Clipboard: 13 IDs or UserData");
  await workbench.quickInput.itemsWhen((items) => items.some((item) => item.includes("#40302")));
  await workbench.page.locator(".notification-toast").waitFor({ state: "hidden" });
}

async function deleteSeven(workbench: Workbench): Promise<void> {
  await workbench.copy(Array.from({ length: 7 }, (_, at) => String(40310 + at * 5)).join("\n"));
  await workbench.runCommand("Dialler: Delete Contacts in List…");
  await pickIds(workbench, "Clipboard: 7 IDs or UserData");
  await workbench.quickInput.itemsWhen((items) => items.some((item) => item.includes("#40310")));
  await workbench.quickInput.accept();
  await workbench.dialog.click("Delete 7 Contacts");
  await workbench.output.logged(/Deleted \d of 7 on test: /);
  await workbench.runCommand("Notifications: Clear All Notifications");
  await workbench.runCommand("View: Close All Editors");
  await workbench.runCommand("Dialler: Show Output");
  await workbench.contacts.collapseView();
  await workbench.activity.expandView();
  await workbench.activity.expand(0);
  await workbench.activity.rowsWhen((rows) => rows.length > 7);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(String(error));
    process.exit(1);
  },
);
