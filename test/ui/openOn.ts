import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "../support/workbench";
import { type SmallDialler, token } from "../unit/contacts/smallDialler";

export interface OpenedOn {
  /** `test`, if not given; also the endpoint's name. */
  readonly environment?: "test" | "production";
  /** Further endpoints at these base URLs, by name. */
  readonly others?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A window on a dialler with one flat list, its view not opened yet. */
export function openClosed(dialler: SmallDialler, wishes: OpenedOn = {}): Promise<Workbench> {
  const { environment = "test", others = {}, settings = {} } = wishes;
  const endpoints = Object.entries({ [environment]: dialler.baseUrl, ...others }).map(
    ([name, baseUrl]) => [name, { baseUrl, environment }] as const,
  );
  return openWorkbench({
    settings: {
      "dialler.endpoints": Object.fromEntries(endpoints),
      "dialler.activeEndpoint": environment,
      "dialler.groupBy": "none",
      ...settings,
    },
  });
}

/** The same with the token given, and contacts in sight. */
export async function openOn(dialler: SmallDialler, wishes: OpenedOn = {}): Promise<Workbench> {
  const workbench = await openClosed(dialler, wishes);
  await workbench.openView();
  await giveToken(workbench);
  return workbench;
}

export async function giveToken(workbench: Workbench): Promise<void> {
  await workbench.contacts.clickWelcome("Set Token…");
  await workbench.quickInput.type(token);
  await workbench.quickInput.accept();
  await workbench.contacts.rowsWhen((rows) => rows.length > 0);
}

/** The files of the journal, by path; wherever this host keeps the extension's storage. */
export async function journalFiles({ window }: Workbench): Promise<Map<string, string>> {
  const all = await readdir(window.userDataDir, { recursive: true });
  const paths = all
    .filter((name) => name.includes("dialler.dialler-contacts") && name.endsWith(".jsonl"))
    .map((name) => join(window.userDataDir, name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")] as const)));
}
