import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export type Program = "nginx" | "haproxy";

export const programs: readonly Program[] = ["nginx", "haproxy"];

/** Debian keeps servers where the path of an ordinary user does not look. */
const alsoIn = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The path of a program; undefined if it is not installed. */
export function pathOf(program: Program): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...alsoIn];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find(existsSync);
}

/** Installs what is missing with Debian's apt-get. @throws if that fails, for example without being root */
export function install(): void {
  const packages = ["nginx-light", "haproxy"];
  execFileSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { stdio: "inherit" });
}

/** What is missing and how to install it; undefined if nothing is missing. */
export function whatIsMissing(): string | undefined {
  const missing = programs.filter((program) => pathOf(program) === undefined);
  if (missing.length === 0) return undefined;
  return `Not installed: ${missing.join(" and ")}; on Debian, as root: apt-get install -y nginx-light haproxy (or: npm run lab -- --install).`;
}

/** The first line in which each program tells its version. */
export function versions(): string {
  const told = programs.map((program) => {
    const path = pathOf(program) ?? program;
    // nginx tells it on standard error.
    const text = execFileSync("/bin/sh", ["-c", `"${path}" -v 2>&1`], { encoding: "utf8" });
    return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text.trim();
  });
  return programs.map((program, index) => `${program} ${told[index] ?? "?"}`).join(", ");
}
