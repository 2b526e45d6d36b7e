// Plays many random cases: runs with `npm run runs -- 10000`, tables with `npm run tables -- 100000`. Another argument
// plays the case of a failure again: its seed, and its path behind a comma.
import { join } from "node:path";
import { bundlesOf } from "./bundlesOf";
import { projectRoot } from "./host/places";
import { exitWith, runMocha, type SuiteReport } from "./runMocha";

const subjects = {
  runs: "test/unit/dialler/runs/runAction.anyRun.test.ts",
  tables: "test/unit/dialler/text/anyTable.test.ts",
};

const [subject = "runs", runs = "1000", seed] = process.argv.slice(2);

async function runAnyRuns(): Promise<SuiteReport> {
  process.env.DIALLER_ANY_RUNS = runs;
  if (seed !== undefined) process.env.DIALLER_ANY_SEED = seed;
  const startedAt = performance.now();
  const report = await runMocha({
    folder: join(projectRoot, "out", "test", "unit"),
    files: bundlesOf([subject === "tables" ? subjects.tables : subjects.runs]),
    reportFile: join(projectRoot, "out", "reports", "anyRuns.json"),
    timeoutMs: 4_000_000,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const each = (1000 * seconds) / Number(runs);
  console.log(`${runs} ${subject} in ${seconds.toFixed(0)} s, ${each.toFixed(0)} s for each thousand.`);
  return report;
}

runAnyRuns().then(exitWith, (error: unknown) => {
  console.error(String(error));
  process.exit(1);
});
