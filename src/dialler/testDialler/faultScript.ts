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
}

/**
 * Parses a script.
 * @throws Error with a sentence that names the entry
 */
export function readFaultScript(
  text: string,
): (request: { readonly method: string; readonly path: string }) => Mishap | undefined {
  const faults = entriesOf(text).map((entry, index) => {
    const fault = faultOf(entry, `Entry ${index + 1}`);
    return { fault, pattern: patternOf(fault.path), met: 0, done: 0 };
  });
  return ({ method, path }) => {
    const [, below = ""] = /^\/rest\/v1\.0\/\d+([^?]*)/.exec(path) ?? [];
    for (const entry of faults) {
      const { fault, pattern } = entry;
      if (!pattern.test(below) || (fault.method ?? method) !== method) continue;
      const place = entry.met++ - fault.after;
      if (place < 0 || place % fault.every !== fault.every - 1 || entry.done >= fault.times) continue;
      entry.done++;
      return fault;
    }
    return undefined;
  };
}

function entriesOf(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The script is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!Array.isArray(value)) throw new Error("The script must be an array of faults.");
  return value;
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
];

function faultOf(entry: unknown, where: string): Fault {
  if (!isObject(entry)) throw new Error(`${where} is not an object.`);
  const unknown = Object.keys(entry).find((name) => !faultMembers.includes(name));
  if (unknown !== undefined)
    throw new Error(`${where} has the unknown member "${unknown}". Use ${faultMembers.join(", ")}.`);
  const { path, method, reset, body, headers, applied } = entry;
  if (typeof path !== "string" || !path.startsWith("/"))
    throw new Error(`${where} needs a "path" that begins with "/", such as "/dialler/contacts/**".`);
  if (method !== undefined && typeof method !== "string")
    throw new Error(`${where}: "method" must be a text.`);
  if (reset !== undefined && reset !== "before" && reset !== "after")
    throw new Error(`${where}: "reset" must be "before" or "after".`);
  if (applied !== undefined && typeof applied !== "boolean")
    throw new Error(`${where}: "applied" must be true or false.`);
  if (body !== undefined && !isObject(body)) throw new Error(`${where}: "body" must be an object.`);
  const delayMs = number(entry, "delayMs", 0, where);
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
