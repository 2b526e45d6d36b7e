import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { outcomes } from "./actionReport";
import type { PlannedKey, RunLine, RunOwner, RunPlan } from "./runStory";
import { StoryTeller } from "./runStory";
import type { WireRecord } from "../api/wire";

/**
 * The text of a line. `redact` sees every text in it, names of members included: a server may have put the token
 * anywhere.
 */
export function lineText(line: RunLine, redact: (text: string) => string): string {
  return JSON.stringify(cleaned(line, redact));
}

/** Maps of a server's making are rebuilt by entries, so that a `__proto__` among them stays a member. */
function cleaned(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), cleaned(member, redact)]),
  );
}

/** Follows a run's file; undefined when its first line is not the head of a run. What cannot be read is passed over. */
export async function readStory(path: string): Promise<StoryTeller | undefined> {
  let teller: StoryTeller | undefined;
  for await (const text of linesOf(path)) {
    const line = lineOf(text);
    if (line === undefined) continue;
    if (teller === undefined) {
      if (line.line !== "run") return undefined;
      teller = new StoryTeller(line);
    } else if (line.line !== "run") teller.take(line);
  }
  return teller;
}

/**
 * The records of these items, read while they are needed: a run can hold more than should be in memory. Of several of
 * one item the last counts, because the item was tried again and read anew.
 */
export async function* readRecords(
  path: string,
  items: ReadonlySet<number>,
): AsyncGenerator<{ readonly item: number; readonly record: WireRecord }> {
  const last = new Map<number, number>();
  for await (const { item, place } of recordLines(path)) if (items.has(item)) last.set(item, place);
  for await (const { item, place, record } of recordLines(path)) {
    if (last.get(item) === place) yield { item, record };
  }
}

async function* recordLines(
  path: string,
): AsyncGenerator<{ readonly item: number; readonly place: number; readonly record: WireRecord }> {
  let place = 0;
  for await (const text of linesOf(path)) {
    place++;
    const line = lineOf(text);
    if (line?.line === "intent" && line.record !== undefined) {
      yield { item: line.item, place, record: line.record };
    }
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
}

/** A line as it was written; undefined when it is torn or none of ours. */
function lineOf(text: string): RunLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  switch (value.line) {
    case "run":
      return isHead(value) ? { ...value, line: "run", version: 1 } : undefined;
    case "intent": {
      const { item, at, record } = value;
      if (!isPlace(item) || typeof at !== "string") return undefined;
      return { line: "intent", item, at, ...(isObject(record) ? { record } : {}) };
    }
    case "outcome": {
      const outcome = outcomes.find((word) => word === value.outcome);
      if (!isPlace(value.item) || outcome === undefined) return undefined;
      return { line: "outcome", item: value.item, outcome, ...numbersAndReason(value) };
    }
    case "restoring":
      return isPlace(value.item) ? { line: "restoring", item: value.item, at: String(value.at) } : undefined;
    case "restored": {
      const outcome = (["done", "skipped", "failed", "unknown"] as const).find(
        (word) => word === value.outcome,
      );
      if (!isPlace(value.item) || outcome === undefined) return undefined;
      const { newId } = value;
      return {
        line: "restored",
        item: value.item,
        outcome,
        ...(isPlace(newId) ? { newId } : {}),
        ...numbersAndReason(value),
      };
    }
    case "again":
      return isOwner(value.owner) ? { line: "again", at: String(value.at), owner: value.owner } : undefined;
    case "undone":
      return { line: "undone", at: String(value.at) };
    case "end":
      return { line: "end", at: String(value.at) };
    default:
      return undefined;
  }
}

function numbersAndReason(value: Readonly<Record<string, unknown>>): {
  status?: number;
  ms?: number;
  reason?: string;
} {
  const { status, ms, reason } = value;
  return {
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof ms === "number" ? { ms } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
  };
}

function isHead(value: Readonly<Record<string, unknown>>): value is Record<string, unknown> & RunPlan {
  const { run, action, endpoint, baseUrl, demo, startedAt, owner, items } = value;
  return (
    [run, endpoint, baseUrl, startedAt].every((text) => typeof text === "string") &&
    (action === "delete" || action === "lock" || action === "unlock") &&
    typeof demo === "boolean" &&
    isOwner(owner) &&
    Array.isArray(items) &&
    items.every(isKey)
  );
}

function isKey(value: unknown): value is PlannedKey {
  if (!isObject(value)) return false;
  const { id, userData, identity } = value;
  return (
    (id === undefined || isPlace(id)) &&
    [userData, identity].every((text) => text === undefined || typeof text === "string")
  );
}

function isOwner(value: unknown): value is RunOwner {
  return isObject(value) && typeof value.pid === "number" && typeof value.startedAt === "number";
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
