import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import Mocha from "mocha";

/** What one mocha run leaves behind for the closing count. */
export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tests: readonly TestReport[];
}

interface TestReport {
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly ms?: number;
  readonly error?: string;
}

export interface SuitePlan {
  /** All `*.test.js` below it are run. */
  readonly folder: string;
  /** Only these of them. */
  readonly files?: readonly string[];
  readonly reportFile: string;
  readonly timeoutMs: number;
  /** How often a failed test is tried again; each such test is named. For clicks, which a busy machine can lose. */
  readonly retries?: number;
}

/** How the first line a suite prints begins. */
export const firstLine = "Running the tests of";

/** Runs the tests of a folder, prints them, and writes the report. `DIALLER_TEST_GREP` picks tests by title. */
export async function runMocha(plan: SuitePlan): Promise<SuiteReport> {
  console.log(`${firstLine} ${relative(process.cwd(), plan.folder)}`);
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: plan.timeoutMs, forbidOnly: true });
  mocha.suite.retries(plan.retries ?? 0);
  const pick = process.env.DIALLER_TEST_GREP ?? "";
  if (pick !== "") mocha.grep(pick);
  for (const file of plan.files ?? testsBelow(plan.folder)) mocha.addFile(file);
  const tests: TestReport[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => tests.push({ ...named(test, "passed"), ms: test.duration ?? 0 }));
    runner.on("retry", (test: Mocha.Test, error: Error) =>
      console.log(`    tried again: ${test.fullTitle()}: ${error.message.split("\n")[0] ?? ""}`),
    );
    runner.on("pending", (test) => tests.push(named(test, "skipped")));
    runner.on("fail", (test, error: Error) =>
      tests.push({ ...named(test, "failed"), error: error.stack ?? error.message }),
    );
  });
  return writeReport(plan.reportFile, tests);
}

function testsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.js"))
    .map((file) => join(folder, file))
    .sort();
}

function named(test: Mocha.Test, outcome: TestReport["outcome"]): TestReport {
  return { title: test.fullTitle(), outcome };
}

/** Also the way a suite reports that it could not run at all: as one skipped test. */
export function writeReport(file: string, tests: readonly TestReport[]): SuiteReport {
  const count = (outcome: TestReport["outcome"]) => tests.filter((test) => test.outcome === outcome).length;
  const report = { passed: count("passed"), failed: count("failed"), skipped: count("skipped"), tests };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report, undefined, 2));
  return report;
}

/** Reads the report a suite wrote. Throws if there is none. */
export function readReport(file: string): SuiteReport {
  const read: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isReport(read)) throw new Error(`${file} is no report.`);
  return read;
}

function isReport(read: unknown): read is SuiteReport {
  return typeof read === "object" && read !== null && "tests" in read && Array.isArray(read.tests);
}

/** Ends the process as the report says: a failed test or no test at all is a failure. */
export function exitWith(report: SuiteReport): never {
  process.exit(report.failed === 0 && report.tests.length > 0 ? 0 : 1);
}
