// What VS Code calls inside its extension host: measures there, and writes what came of it to a file.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { measureBulk } from "../calls";
import { measureExpanded } from "./expandedRows";

export async function run(): Promise<void> {
  const { DIALLER_BENCH_ORIGIN: origin = "", DIALLER_BENCH_FILE: file = "" } = process.env;
  const { DIALLER_BENCH_LIST: list = "", DIALLER_BENCH_COUNT: count = "" } = process.env;
  const activation = await measureActivation();
  const bulk = [];
  for (let time = 0; time < 3; time++) bulk.push(await measureBulk(origin, 400));
  const expanded = await measureExpanded(`${origin}${encodeURIComponent(list)}`, Number(count));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ activation, bulk, expanded }));
}

/** Milliseconds for loading the module and `activate`, as the host spends them. */
async function measureActivation(): Promise<number> {
  const extension = vscode.extensions.getExtension("dialler.dialler-contacts");
  if (extension === undefined) throw new Error("The extension is not there.");
  if (extension.isActive) throw new Error("The extension was activated before it was needed.");
  const startedAt = performance.now();
  await extension.activate();
  return performance.now() - startedAt;
}
