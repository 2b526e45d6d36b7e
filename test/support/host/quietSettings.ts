import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export type Settings = Readonly<Record<string, unknown>>;

/** A window in which nothing opens, asks or connects on its own, and which draws its own dialogs and menus. */
export const quietSettings: Settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "window.dialogStyle": "custom",
  "window.menuStyle": "custom",
  "window.titleBarStyle": "custom",
  "window.commandCenter": false,
  "window.restoreWindows": "none",
  "files.simpleDialog.enable": true,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "telemetry.telemetryLevel": "off",
  "security.workspace.trust.enabled": false,
  "remote.autoForwardPorts": false,
  "git.enabled": false,
  "git.openRepositoryInParentFolders": "never",
};

/**
 * Writes the user settings of a profile, before a window opens it. They belong below `User`: application-scoped
 * keys in machine settings are ignored, and what a window writes to them later is lost.
 */
export async function writeSettings(userDataDir: string, settings: Settings): Promise<void> {
  const folder = join(userDataDir, "User");
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "settings.json"),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
}
