import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Workbench } from "./workbench";

/** One line of a journal, as a test reads it. */
export interface JournalLine {
  readonly line: string;
  readonly item: number;
  readonly outcome: string;
  readonly record?: Readonly<Record<string, unknown>>;
  readonly owner: { readonly pid: number };
  readonly items: readonly { readonly id?: number }[];
}

/** The files of the journal, by path; wherever this host keeps the extension's storage. */
export async function journalFiles({ window }: Workbench): Promise<Map<string, string>> {
  const all = await readdir(window.userDataDir, { recursive: true });
  const paths = all
    .filter((name) => name.includes("dialler.dialler-contacts") && name.endsWith(".jsonl"))
    .map((name) => join(window.userDataDir, name));
  const files = await Promise.all(
    paths.map(async (path) => [path, await readFile(path, "utf8").catch(ifRemoved)] as const),
  );
  return new Map(files.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}

/** The window may remove a journal between the listing and the reading. */
function ifRemoved(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/**
 * Puts a copy of a window's only journal beside it, as of so many days ago, which a start found too old the day before
 * yesterday; the copy's path.
 */
export async function leaveOldJournal(workbench: Workbench, days: number): Promise<string> {
  const [[path, text] = ["", ""]] = await journalFiles(workbench);
  const [head = "", ...rest] = text.split("\n");
  const startedAt = /"startedAt":"([^"]+)"/.exec(head)?.[1] ?? "";
  const run = /"run":"([^"]+)"/.exec(head)?.[1] ?? "";
  const then = new Date(Date.now() - days * 24 * 60 * 60_000).toISOString();
  const thatRun = `${then.replace(/[:.]/g, "-")}-00000001`;
  const copy = path.replace(run, thatRun);
  if (run === "" || copy === path) throw new Error("There is no journal to make an old one of.");
  await writeFile(copy, [head.replace(startedAt, then).replace(run, thatRun), ...rest].join("\n"));
  const noted = { run: thatRun, seen: Date.parse(then), old: Date.now() - 48 * 60 * 60_000 };
  const notes = join(dirname(copy), "retention.json");
  const before = JSON.parse(await readFile(notes, "utf8").catch(() => "[]")) as unknown[];
  await writeFile(notes, JSON.stringify([...before, noted]));
  return copy;
}

/** The lines of the journal's files, a list per file. */
export async function journalsOf(workbench: Workbench): Promise<JournalLine[][]> {
  const files = await journalFiles(workbench);
  return [...files.values()].map((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as JournalLine),
  );
}
