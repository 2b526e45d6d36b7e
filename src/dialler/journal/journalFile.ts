import { isAction } from "../runs/contactAction";
import { open } from "node:fs/promises";
import { nextSteps } from "../api/http/apiError";
import { decodedJson, type Loss, withLoss } from "../api/record/wholeRecord";
import type { WireRecord } from "../api/record/wire";
import { outcomes } from "../runs/outcome";
import type { PlannedKey, RunPlan } from "../runs/plan";
import { type RunLine, RunTracker } from "../runs/runSnapshot";
import { redactedValue } from "./redactedValue";
import { ownerFrom } from "./runOwner";

/** Removes secrets from what is written. */
export interface Hiding {
  redact(text: string): string;
  withoutTokens(text: string): string;
}

/**
 * The text of a line, with every text in it checked for secrets. In a record only tokens are removed, because other
 * text that looks like a secret may be the contact's data, which restoring needs.
 */
export function lineText(line: RunLine, hiding: Hiding): string {
  if (line.line !== "intent" || line.record === undefined) {
    return JSON.stringify(redactedValue(line, (text) => hiding.redact(text)));
  }
  const record = redactedValue(line.record, (text) => hiding.withoutTokens(text));
  return JSON.stringify({ ...line, record });
}

/** Reads a run's file; undefined if its first line is not the head of a run. Unreadable lines are skipped. */
export async function readTracker(path: string): Promise<RunTracker | undefined> {
  let tracker: RunTracker | undefined;
  for await (const bytes of linesOf(path)) {
    const line = lineOf(bytes);
    if (line === undefined) continue;
    if (tracker === undefined) {
      if (line.line !== "run") return undefined;
      tracker = new RunTracker(line);
    } else if (line.line !== "run") tracker.take(line);
  }
  return tracker;
}

/**
 * Reads the records of these items one by one, because a run can hold more than fits in memory. If an item has several
 * records, the last one counts, because the item was tried again and read again.
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
  for await (const bytes of linesOf(path)) {
    place++;
    const line = lineOf(bytes);
    if (line?.line === "intent" && line.record !== undefined) {
      yield { item: line.item, place, record: line.record };
    }
  }
}

const blockBytes = 256 * 1024;
const lineFeed = 0x0a;

/** Only a line feed ends a line, because a contact's texts may contain other line separators. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    let begun: Buffer[] = [];
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(blockBytes), 0, blockBytes);
      if (bytesRead === 0) break;
      const block = buffer.subarray(0, bytesRead);
      let start = 0;
      for (let end = block.indexOf(lineFeed); end >= 0; end = block.indexOf(lineFeed, start)) {
        yield Buffer.concat([...begun, block.subarray(start, end)]);
        begun = [];
        start = end + 1;
      }
      if (start < bytesRead) begun.push(block.subarray(start));
    }
    if (begun.length > 0) yield Buffer.concat(begun);
  } finally {
    await file.close();
  }
}

/** Parses a line; undefined if it is torn or not part of a journal. A damaged record is marked with what it lost. */
function lineOf(bytes: Buffer): RunLine | undefined {
  let value: unknown;
  let loss: Loss | undefined;
  try {
    ({ value, loss } = decodedJson(bytes));
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
      return { line: "intent", item, at, ...(isObject(record) ? { record: withLoss(record, loss) } : {}) };
    }
    case "outcome": {
      const outcome = outcomes.find((word) => word === value.outcome);
      if (!isPlace(value.item) || outcome === undefined) return undefined;
      const next = nextSteps.find((step) => step === value.next);
      const details = { outcome, ...numbersAndReason(value), ...(next === undefined ? {} : { next }) };
      return { line: "outcome", item: value.item, ...details };
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
      return againOf(value);
    case "undone":
      return { line: "undone", at: String(value.at) };
    case "end":
      return { line: "end", at: String(value.at) };
    default:
      return undefined;
  }
}

function againOf(value: Readonly<Record<string, unknown>>): RunLine | undefined {
  const owner = ownerFrom(value.owner);
  return owner && { line: "again", at: String(value.at), owner };
}

function numbersAndReason(value: Readonly<Record<string, unknown>>): {
  status?: number;
  ms?: number;
  reason?: string;
  warns?: boolean;
} {
  const { status, ms, reason, warns } = value;
  return {
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof ms === "number" ? { ms } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
    ...(warns === true ? { warns } : {}),
  };
}

function isHead(value: Readonly<Record<string, unknown>>): value is Record<string, unknown> & RunPlan {
  const { run, action, endpoint, baseUrl, demo, startedAt, owner, items } = value;
  return (
    [run, endpoint, baseUrl, startedAt].every((text) => typeof text === "string") &&
    isAction(action) &&
    typeof demo === "boolean" &&
    ownerFrom(owner) !== undefined &&
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

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
