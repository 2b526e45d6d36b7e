// `npm start`: a window with the extension on its demo dialler, in a profile that ends with it.
// `--shot FILE.png` opens it unseen, waits for contacts, keeps a picture and ends. `--theme light|dark|hc`,
// `--version V`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { atEnd } from "./host/atEnd";
import { chooseHost, type Host } from "./host/chooseHost";
import { installExtensions, packageExtension } from "./host/installExtension";
import { makeProfile, projectRoot, type TemporaryProfile } from "./host/places";
import { writeSettings, type Settings } from "./host/quietSettings";
import { openServerWindow } from "./host/serverWindow";
import { versionWanted } from "./host/versions";
import { openWorkbench, type Workbench } from "./workbench/workbench";

const themes: Readonly<Record<string, string>> = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  hc: "Default High Contrast",
};

/** Small enough that its text can be read where the picture is shown. */
const pictureSize = { width: 1024, height: 600 };

/** A contact of the demo's first campaign that the first screen shows. */
const pictured = "Bünzli, Beat";

const { values: asked } = parseArgs({
  options: {
    shot: { type: "string" },
    theme: { type: "string", default: "dark" },
    version: { type: "string" },
  },
});

function settings(): Settings {
  const theme = themes[asked.theme];
  if (theme === undefined) throw new Error(`--theme may be ${Object.keys(themes).join(", ")}.`);
  return { "dialler.activeEndpoint": "Demo", "workbench.colorTheme": theme };
}

async function start(): Promise<void> {
  const version = versionWanted();
  const host = await chooseHost(version);
  console.log(`VS Code ${version}, ${host.kind}: ${host.why}.`);
  if (host.kind === "none") throw new Error("There is no VS Code to start.");
  const profile = await makeProfile();
  try {
    await install(host, version, profile);
    if (asked.shot === undefined) await stay(host, version, profile);
    else await takePicture(version, profile, resolve(asked.shot));
  } finally {
    await profile.remove();
  }
}

async function install(host: Host, version: string, profile: TemporaryProfile): Promise<void> {
  const own = join(projectRoot, "out", "dialler-contacts.vsix");
  await packageExtension(projectRoot, own);
  if (asked.shot !== undefined) return installExtensions(host, version, profile.extensionsDir, [own]);
  // Which view a window shows first is kept in the browser, out of reach here; so an extension opens ours.
  const opener = join(projectRoot, "out", "opener.vsix");
  await packageExtension(join(projectRoot, "test", "support", "opener"), opener);
  return installExtensions(host, version, profile.extensionsDir, [own, opener]);
}

/** Shows the window until it is closed, or until Ctrl+C. */
async function stay(host: Host, version: string, profile: TemporaryProfile): Promise<void> {
  await writeSettings(profile.userDataDir, settings());
  await mkdir(profile.folder);
  const { userDataDir, extensionsDir, folder } = profile;
  if (host.kind === "desktop") {
    const args = [folder, `--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
    const window = spawn(host.executable, args, { stdio: "ignore" });
    atEnd(() => window.kill());
    await once(window, "exit");
    return;
  }
  const server = await openServerWindow({ version, userDataDir, extensionsDir, folder });
  console.log(`\nOpen ${server.address}\nin a browser; Ctrl+C ends it.`);
  await server.ended;
}

async function takePicture(version: string, profile: TemporaryProfile, file: string): Promise<void> {
  const { extensionsDir } = profile;
  const workbench = await openWorkbench({ version, settings: settings(), extensionsDir });
  try {
    await workbench.page.setViewportSize(pictureSize);
    const rows = await listedRows(workbench);
    await openContact(workbench);
    await workbench.movePointerAway();
    await workbench.page.screenshot({ path: file });
    console.log(`VS Code ${version}, ${workbench.window.host.kind}: ${rows.length} rows in sight`);
    for (const row of rows.slice(0, 8)) console.log(`  ${row}`);
    console.log(`Picture: ${file}`);
  } finally {
    await workbench.close();
  }
}

/** Waits until contacts are listed, those of the first campaign if campaigns are; the rows in sight. */
async function listedRows(workbench: Workbench): Promise<string[]> {
  await workbench.openView("Dialler");
  const top = await workbench.contacts.rowsWhen((rows) => rows.length > 0, 60_000);
  const first = await workbench.contacts.row(0);
  if ((await first.getAttribute("aria-expanded")) === null) return top;
  await workbench.contacts.expand(0);
  return workbench.contacts.rowsWhen((rows) => rows.length > top.length);
}

/** Opens the record of a contact, so that the picture shows what the view is for. */
async function openContact(workbench: Workbench): Promise<void> {
  await workbench.contacts.select(pictured);
  await workbench.page.keyboard.press("Enter");
  await workbench.editorLinesWhen((lines) => lines.some((line) => line.includes('"UserData"')));
}

start().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(String(error));
    process.exit(1);
  },
);
