// `npm run supply`: what the extension is made of and what goes out of the house. A line for each thing that was
// looked at; it ends badly when one of them is not as it should be.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packageExtension } from "./host/installExtension";
import { projectRoot } from "./host/places";
import { runToEnd } from "./host/programs";
import { licencesOf, lockFaults, type LockFile } from "./supply/lockFile";
import { contentFaults, namesInZip } from "./supply/packageContents";

const largestVsix = 300_000;
const mostFaults = 20;

let isFine = true;

/** Prints what was looked at, and the faults that were found. */
function looked(at: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? "fine  " : "FAULTY"}  ${at}`);
  for (const fault of faults.slice(0, mostFaults)) console.log(`        ${fault}`);
  if (faults.length > mostFaults) console.log(`        and ${faults.length - mostFaults} more`);
  if (faults.length > 0) isFine = false;
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot, file), "utf8"));
}

function lookAtLockFile(): void {
  const lock = json("package-lock.json") as LockFile;
  const count = Object.keys(lock.packages).length - 1;
  looked(`${count} packages are locked`, lockFaults(lock, json("package.json") as object));
  const { counts, faults } = licencesOf(lock);
  const listed = [...counts].sort(([, a], [, b]) => b - a).map(([licence, times]) => `${times} × ${licence}`);
  looked(`licences: ${listed.join(", ")}`, faults);
}

async function lookAtPackage(): Promise<void> {
  const vsixes = ["first", "second"].map((name) => join(projectRoot, "out", `supply-${name}.vsix`));
  for (const vsix of vsixes) await packageExtension(projectRoot, vsix);
  const [first = Buffer.of(), second = Buffer.of()] = vsixes.map((vsix) => readFileSync(vsix));
  for (const vsix of vsixes) rmSync(vsix);
  const names = namesInZip(first);
  looked(`the package holds ${names.length} files`, contentFaults(names));
  looked(
    `the package has ${Math.ceil(first.length / 1000)} kB`,
    first.length <= largestVsix ? [] : [`It may have ${largestVsix / 1000} kB.`],
  );
  looked(
    "packed twice, the package is the same byte by byte",
    first.equals(second) ? [] : ["The second one differs from the first."],
  );
  const bundle = readFileSync(join(projectRoot, "dist", "extension.js"), "utf8");
  looked(
    "the bundle names no map and no place on this computer",
    ["sourceMappingURL", projectRoot]
      .filter((text) => bundle.includes(text))
      .map((text) => `It names ${text}.`),
  );
}

async function lookForUnusedCode(): Promise<void> {
  const knip = join(projectRoot, "node_modules", "knip", "bin", "knip.js");
  if (!existsSync(knip)) {
    looked("unused code", ["knip is not installed."]);
    return;
  }
  const config = join("test", "support", "supply", "knip.json");
  const args = [knip, "--config", config, "--no-progress", "--reporter", "compact"];
  const { code, output } = await runToEnd(process.execPath, args, { cwd: projectRoot });
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  looked("unused files, exports and dependencies", code === 0 ? [] : lines);
}

/** A registry that does not answer, or knows no advisories, says nothing about the packages. */
async function lookForAdvisories(): Promise<void> {
  const args = ["audit", "--omit=dev", "--json", "--fetch-retries=0", "--fetch-timeout=15000"];
  const shell = process.platform === "win32";
  const { output } = await runToEnd("npm", args, { cwd: projectRoot, shell });
  const report = /^\{[^]*^\}/m.exec(output)?.[0] ?? "{}";
  const { vulnerabilities } = JSON.parse(report) as { vulnerabilities?: Readonly<Record<string, unknown>> };
  if (vulnerabilities === undefined) console.log("unasked npm audit: the registry did not answer");
  else
    looked(
      "npm audit",
      Object.keys(vulnerabilities).map((name) => `There is an advisory on ${name}.`),
    );
}

async function main(): Promise<void> {
  lookAtLockFile();
  await lookAtPackage();
  await lookForUnusedCode();
  await lookForAdvisories();
}

main().then(
  () => process.exit(isFine ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
