import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "./until";
import type { Workbench } from "./workbench";

/** What a file of settings holds. */
export async function settingsIn(file: string): Promise<Record<string, unknown>> {
  let settings: unknown;
  // VS Code empties the file before it writes it, and not always at once.
  await until("whole settings", async () => {
    const text = await readFile(file, "utf8");
    try {
      settings = JSON.parse(text);
    } catch {
      return false;
    }
    return true;
  });
  assert.ok(typeof settings === "object" && settings !== null);
  return Object.fromEntries(Object.entries(settings));
}

/** The settings of a window's person. */
export function userSettings({ window }: Workbench): Promise<Record<string, unknown>> {
  return settingsIn(join(window.userDataDir, "User", "settings.json"));
}
