// `npm test`: every check and every suite, one after the other, whatever came before; then one line that counts.
// `--newest` runs what depends on the VS Code version, on the newest one. `--portable` runs what every operating
// system can: types, lint, build, the unit tests and the editor suite.
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const newest = process.argv.includes("--newest");
const portable = process.argv.includes("--portable");
const stepLimitMs = 22 * 60_000;

const tool = (...path) => join(root, "node_modules", ...path);
const script = (name) => [join(root, "out", "test", "support", name)];

const checks = [
  { name: "type check", command: [tool("typescript", "bin", "tsc")] },
  { name: "lint", command: [tool("eslint", "bin", "eslint.js"), "."] },
];
const format = {
  name: "format",
  command: [tool("prettier", "bin", "prettier.cjs"), "--check", "--log-level", "warn", "."],
};
const builds = [
  { name: "build", command: [join(root, "esbuild.mjs")] },
  { name: "build of the tests", command: [join(root, "esbuild.mjs"), "tests"] },
];
/** What the package is made of; and of the bench only ratios: milliseconds say more of the machine than of the code. */
const gates = [
  { name: "supply", command: script("supply.js") },
  { name: "bench", command: [join(root, "out", "test", "bench", "bench.js"), "--short"] },
];

/** What comes before the suites. */
function steps() {
  if (newest) return builds;
  return portable ? [...checks, ...builds] : [...checks, format, ...builds, ...gates];
}

/** The suites of a VS Code version; the unit tests depend on none. */
function suitesOf(version) {
  const unit = { name: "unit tests", command: script("runUnit.js"), report: "unit.json" };
  const editor = {
    name: `editor suite, VS Code ${version}`,
    command: script("runEditor.js"),
    report: `editor-${version}.json`,
  };
  const ui = {
    name: `UI suite, VS Code ${version}`,
    command: script("runUi.js"),
    report: `ui-${version}.json`,
  };
  if (newest) return [editor, ui];
  return portable ? [unit, editor] : [unit, editor, ui];
}

/** The version asked for, from the module built with the suites; where it is not built, no suite is either. */
function versionAsked() {
  try {
    const versions = createRequire(import.meta.url)(
      join(root, "out", "test", "support", "host", "versions.js"),
    );
    return newest ? versions.newest : versions.oldest;
  } catch {
    return "unknown";
  }
}

let running;
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    running?.kill(signal);
    process.exit(128 + constants.signals[signal]);
  });

/** Runs one step; whether it ended well. */
function run({ name, command }) {
  console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    const [file, ...args] = command;
    running = spawn(process.execPath, [file, ...args], { cwd: root, stdio: "inherit" });
    const limit = setTimeout(() => {
      console.log(`${name}: ended after ${stepLimitMs / 60_000} minutes.`);
      running.kill("SIGTERM");
    }, stepLimitMs);
    running.once("close", (code) => {
      clearTimeout(limit);
      resolve(code === 0);
    });
  });
}

/** What a suite counted; a suite that ended badly without a failed test, or ran none, counts as one failure. */
async function runSuite(suite) {
  const file = join(root, "out", "reports", suite.report);
  rmSync(file, { force: true });
  const endedWell = await run(suite);
  const { passed, failed, skipped } = readReport(file);
  // Where the portable suites run, a VS Code can be had: a suite that found none has not tested anything.
  const ranNothing = passed + failed + (portable ? 0 : skipped) === 0;
  if (ranNothing) console.log(`${suite.name}: no test was run.`);
  return { passed, skipped, failed: failed > 0 || (endedWell && !ranNothing) ? failed : 1 };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps())
  if (!(await run(step))) {
    console.log(`${step.name}: failed.`);
    total.failed += 1;
  }
process.env.DIALLER_VSCODE_VERSION = versionAsked();
for (const suite of suitesOf(process.env.DIALLER_VSCODE_VERSION)) {
  const counted = await runSuite(suite);
  for (const outcome of ["passed", "failed", "skipped"]) total[outcome] += counted[outcome];
}

// Where another script adds up several runs, it reads the counts from a file it names.
const { DIALLER_TEST_TOTALS: totals } = process.env;
if (totals) appendFileSync(totals, `${total.passed} ${total.failed} ${total.skipped}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
