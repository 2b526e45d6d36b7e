// The script for `npm run dialler -- --script faults.json`: which requests fail, how and when.
import type { WireRecord } from "../api/record/wire";
import type { Mishap } from "../demo/mishap";

/** One entry of the script. The first entry that matches a request applies. */
interface Fault extends Mishap {
  /** Any method by default. */
  readonly method?: string;
  /** The path below the base URL, without the query. `*` stands for anything within a segment, `**` for anything. */
  readonly path: string;
  /** The number of matching requests that succeed first. */
  readonly after: number;
  /** The most requests that fail; later ones succeed again. */
  readonly times: number;
  /** After that, every nth request fails. */
  readonly every: number;
  /** More requests a second fail. Only those match. */
  readonly perSecond?: number;
}

/**
 * Parses a script: one entry per line, or an array of entries.
 * @throws Error with a sentence that names the entry
 */
export function readFaultScript(
  text: string,
): (request: { readonly method: string; readonly path: string }) => Mishap | undefined {
  const faults = entriesOf(text).map((entry, index) => {
    const fault = faultOf(entry, `Entry ${index + 1}`);
    return { fault, pattern: patternOf(fault.path), met: 0, done: 0, recent: [] as number[] };
  });
  return ({ method, path }) => {
    const [, below = ""] = /^\/rest\/v1\.0\/\d+([^?]*)/.exec(path) ?? [];
    for (const entry of faults) {
      const { fault, pattern } = entry;
      if (!pattern.test(below) || (fault.method ?? method) !== method) continue;
      if (fault.cached === true && method !== "GET") continue;
      if (fault.perSecond !== undefined && !isOver(entry, fault.perSecond)) continue;
      const place = entry.met++ - fault.after;
      if (place < 0 || place % fault.every !== fault.every - 1 || entry.done >= fault.times) continue;
      entry.done++;
      return fault;
    }
    return undefined;
  };
}

/** Requests above the limit do not count towards it. */
function isOver(entry: { recent: number[] }, perSecond: number): boolean {
  const now = performance.now();
  entry.recent = entry.recent.filter((at) => at > now - 1000);
  if (entry.recent.length >= perSecond) return true;
  entry.recent.push(now);
  return false;
}

function entriesOf(text: string): unknown[] {
  if (!text.trimStart().startsWith("[")) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    return lines.map((line, index) => parsed(line, `Entry ${index + 1}`));
  }
  const value = parsed(text, "The script");
  if (!Array.isArray(value)) throw new Error("The script must be an array of faults.");
  return value;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} is not JSON: ${reason}`, { cause: error });
  }
}

/** The members that an entry may have. */
export const faultMembers = [
  "method",
  "path",
  "after",
  "times",
  "every",
  "delayMs",
  "reset",
  "status",
  "body",
  "headers",
  "applied",
  "appliedAfterMs",
  "repeated",
  "perSecond",
  "cached",
];

function faultOf(entry: unknown, where: string): Fault {
  if (!isObject(entry)) throw new Error(`${where} is not an object.`);
  const unknown = Object.keys(entry).find((name) => !faultMembers.includes(name));
  if (unknown !== undefined)
    throw new Error(`${where} has the unknown member "${unknown}". Use ${faultMembers.join(", ")}.`);
  const { path, method, reset, body, headers, applied, cached } = entry;
  if (typeof path !== "string" || !path.startsWith("/"))
    throw new Error(`${where} needs a "path" that begins with "/", such as "/dialler/contacts/**".`);
  if (method !== undefined && typeof method !== "string")
    throw new Error(`${where}: "method" must be a text.`);
  if (reset !== undefined && reset !== "before" && reset !== "after")
    throw new Error(`${where}: "reset" must be "before" or "after".`);
  if (applied !== undefined && typeof applied !== "boolean")
    throw new Error(`${where}: "applied" must be true or false.`);
  if (cached !== undefined && cached !== true) throw new Error(`${where}: "cached" must be true.`);
  if (body !== undefined && !isObject(body)) throw new Error(`${where}: "body" must be an object.`);
  const delayMs = number(entry, "delayMs", 0, where);
  const appliedAfterMs = number(entry, "appliedAfterMs", 0, where);
  const repeated = number(entry, "repeated", 1, where);
  const perSecond = number(entry, "perSecond", 1, where);
  const status = number(entry, "status", 200, where);
  if (status !== undefined && status > 599) throw new Error(`${where}: "status" must be at most 599.`);
  return {
    path,
    after: number(entry, "after", 0, where) ?? 0,
    times: number(entry, "times", 1, where) ?? Infinity,
    every: number(entry, "every", 1, where) ?? 1,
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(reset === undefined ? {} : { reset }),
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(appliedAfterMs === undefined ? {} : { appliedAfterMs }),
    ...(repeated === undefined ? {} : { repeated }),
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(cached === undefined ? {} : { cached }),
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers: headersOf(headers, where) }),
    ...(applied === undefined ? {} : { applied }),
  };
}

function number(entry: WireRecord, name: string, least: number, where: string): number | undefined {
  const value = entry[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${where}: "${name}" must be a whole number from ${least} upwards.`);
}

function headersOf(headers: unknown, where: string): Record<string, string> {
  const entries = isObject(headers) ? Object.entries(headers) : [];
  const texts = entries.flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  if (texts.length === 0 || texts.length < entries.length)
    throw new Error(`${where}: "headers" must be an object of texts.`);
  return Object.fromEntries(texts);
}

function patternOf(path: string): RegExp {
  const parts = path.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function isObject(value: unknown): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
