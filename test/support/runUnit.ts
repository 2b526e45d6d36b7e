// Runs the unit tests: all of them, or those of the files that are named, such as test/unit/signal.test.ts.
import { join } from "node:path";
import { bundlesOf } from "./bundlesOf";
import { projectRoot } from "./host/places";
import { exitWith, runMocha, type SuiteReport } from "./runMocha";

const named = process.argv.slice(2);

async function runUnit(): Promise<SuiteReport> {
  const folder = join(projectRoot, "out", "test", "unit");
  const reports = join(projectRoot, "out", "reports");
  const timeoutMs = 10_000;
  if (named.length === 0) return runMocha({ folder, reportFile: join(reports, "unit.json"), timeoutMs });
  // A report of its own: the one of the whole suite must not be replaced by that of a part.
  return runMocha({ folder, files: bundlesOf(named), reportFile: join(reports, "part.json"), timeoutMs });
}

runUnit().then(exitWith, (error: unknown) => {
  console.error(String(error));
  process.exit(1);
});
