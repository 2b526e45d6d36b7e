import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { brokenRules } from "./everyRule";
import { Scene } from "./scene";
import type { SetUp } from "./setUp";
import { startProxy } from "./startProxy";
import { type Heard, startWatchedDialler, type WatchedDialler } from "./watchedDialler";

/** What came of a set-up. */
export interface Row {
  readonly name: string;
  readonly asked: string;
  readonly ended: string;
  /** What reached the dialler behind the proxy. */
  readonly seen: string;
  /** Nothing: it came out right. */
  readonly problems: readonly string[];
  readonly seconds: number;
}

const longestMs = 150_000;

/** Starts dialler and proxy, acts, and ends both. Never throws. */
export async function runSetUp(setUp: SetUp, folder: string): Promise<Row> {
  const startedAt = performance.now();
  const ends: (() => Promise<void>)[] = [];
  let scene: Scene | undefined;
  let dialler: WatchedDialler | undefined;
  const problems: string[] = [];
  const running = async (): Promise<void> => {
    await mkdir(folder, { recursive: true });
    dialler = await startWatchedDialler(setUp.trouble);
    ends.push(dialler.stop);
    const before = await dialler.contacts();
    const place = { diallerPort: dialler.port, folder: join(folder, "proxy") };
    const proxy = await startProxy(setUp.proxy, place);
    ends.push(proxy.stop);
    scene = new Scene(setUp, dialler, proxy, folder);
    await setUp.run(scene);
    await dialler.settled();
    problems.push(...(await brokenRules(scene, before)));
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${longestMs / 1000} s`)), longestMs);
  });
  try {
    await Promise.race([running(), late]);
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  clearTimeout(timer);
  await scene?.dispose();
  for (const end of ends.reverse()) await end();
  return {
    name: setUp.name,
    asked: scene?.asked.join("; ") ?? "",
    ended: scene?.ended.join("; ") ?? "",
    seen: seenText(dialler?.heard ?? []),
    problems: [...(scene?.problems ?? []), ...problems],
    seconds: (performance.now() - startedAt) / 1000,
  };
}

function seenText(heard: readonly Heard[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of heard) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ") || "nothing";
}

export function headOf(): string {
  return "| set-up | asked | outcomes | the dialler saw | result |\n| --- | --- | --- | --- | --- |";
}

/** A line of a Markdown table. */
export function rowOf({ name, asked, ended, seen, problems, seconds }: Row): string {
  const result =
    problems.length === 0 ? `right (${seconds.toFixed(0)} s)` : `WRONG: ${problems.slice(0, 4).join("; ")}`;
  return `| ${[name, asked, ended, seen, result].map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
