import assert from "node:assert/strict";
import { BrokenJson } from "../../../../src/dialler/api/scan/jsonBytes";
import { absent, isNull, RecordScanner } from "../../../../src/dialler/api/scan/recordScanner";

/** The names that are looked for, and their slots; two names share the slot in which the first member counts. */
export const wanted: ReadonlyMap<string, number> = new Map([
  ["ID", 0],
  ["Name", 1],
  ["a", 2],
  ["", 3],
  ["__proto__", 4],
  ["é😀", 5],
  ["Lock", 6],
  ["bLocked", 6],
  ["constructor", 7],
]);
const slots = 8;
const firstWins = 6;

/** A record and the values of its slots, all as they are written. */
export interface RecordText {
  readonly text: string;
  readonly picks: readonly (string | undefined)[];
}

/** What is read of a reply. */
export interface Reading {
  readonly ending: "whole" | "cut" | "notJson" | "wrongShape";
  readonly records: readonly RecordText[];
  readonly count: string | undefined;
  readonly status: string | undefined;
}

/** What the scanner makes of a reply, and where its records end. */
export interface Scan extends Reading {
  readonly ends: readonly number[];
  /** Where the reply is broken. */
  readonly brokenAt: number | undefined;
  /** The most bytes that ever waited. */
  readonly mostPending: number;
}

export function scanReply(chunks: Iterable<Uint8Array>): Scan {
  const records: RecordText[] = [];
  const ends: number[] = [];
  let pushed = 0;
  let mostPending = 0;
  const scanner = new RecordScanner({
    slots,
    slotOf: (name) => wanted.get(name),
    firstWins,
    onRecord: (bytes, start, end, picks) => {
      records.push({ text: textOf(bytes.subarray(start, end)), picks: pickedTexts(bytes, picks) });
      // All that waits is in `bytes`, so its end is the end of what was pushed.
      ends.push(pushed - bytes.length + end);
    },
  });
  const reading = (ending: Reading["ending"], brokenAt?: number): Scan => {
    const { count, status } = scanner.envelope;
    return { ending, records, count, status, ends, brokenAt, mostPending };
  };
  try {
    for (const chunk of chunks) {
      pushed += chunk.length;
      scanner.push(chunk);
      mostPending = Math.max(mostPending, scanner.pending);
    }
    return reading(scanner.end() ? "whole" : "cut");
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    return reading(error.how, error.at);
  }
}

function pickedTexts(bytes: Buffer, picks: Int32Array): (string | undefined)[] {
  assert.equal(picks.length, 2 * slots);
  return Array.from({ length: slots }, (_, slot) => {
    const start = picks[2 * slot] ?? NaN;
    const end = picks[2 * slot + 1] ?? NaN;
    if (start === absent) return undefined;
    if (start === isNull) return "null";
    const text = textOf(bytes.subarray(start, end));
    assert.notEqual(text, "null");
    return text;
  });
}

/** What JSON.parse makes of a reply. It says whether this is JSON; where the members are is found by counting brackets. */
export function parseReply(bytes: Uint8Array): Reading {
  const text = textOf(bytes);
  const without = (ending: Reading["ending"]): Reading => ({
    ending,
    records: [],
    count: undefined,
    status: undefined,
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return without("notJson");
  }
  if (!isObject(parsed)) return without("wrongShape");
  const members = membersOf(text);
  const lists = members.filter(({ key }) => key === "records");
  const [list] = lists;
  if (list === undefined || lists.length > 1 || !Array.isArray(parsed.records)) return without("wrongShape");
  if (!parsed.records.every(isObject)) return without("wrongShape");
  const records = parsed.records.length === 0 ? [] : partsOf(list.value);
  const read = records.map((record) => ({ text: record, members: membersOf(record) }));
  assertEqual(
    records.map((record): unknown => JSON.parse(record)),
    parsed.records,
  );
  const lastOf = (name: string): string | undefined => members.findLast(({ key }) => key === name)?.value;
  return {
    ending: "whole",
    records: read.map((record) => ({ text: record.text, picks: picksOf(record.members) })),
    count: lastOf("count"),
    status: lastOf("status"),
  };
}

interface MemberText {
  readonly key: string;
  readonly value: string;
}

function picksOf(members: readonly MemberText[]): (string | undefined)[] {
  return Array.from({ length: slots }, (_, slot) => {
    const ofSlot = members.filter(({ key }) => wanted.get(key) === slot);
    return (slot === firstWins ? ofSlot[0] : ofSlot.at(-1))?.value;
  });
}

/** The members of an object as they are written, in their order, also several of one name. */
function membersOf(object: string): MemberText[] {
  return partsOf(object).flatMap((part) => {
    const key = /^"(?:[^"\\]|\\.)*"/.exec(part)?.[0];
    if (key === undefined) return [];
    return { key: String(JSON.parse(key)), value: trimmed(part.slice(part.indexOf(":", key.length) + 1)) };
  });
}

/** What stands between the brackets of an array or object that is JSON, and between the commas there. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[[\]{},]/gs;
  let depth = 0;
  let start = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [mark] = found;
    if (mark === "[" || mark === "{") {
      depth++;
      if (depth === 1) start = found.index + 1;
    } else if (mark === "]" || mark === "}") {
      depth--;
      if (depth === 0) parts.push(trimmed(text.slice(start, found.index)));
    } else if (mark === "," && depth === 1) {
      parts.push(trimmed(text.slice(start, found.index)));
      start = found.index + 1;
    }
  }
  return parts;
}

function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/**
 * Fails unless the scanner reads what JSON.parse reads; where that reads nothing, unless the records that the scanner
 * tells of are those that JSON.parse finds before the damage.
 */
export function assertReadsLikeJsonParse(bytes: Uint8Array, scan: Scan): void {
  const { ending, records, count, status } = scan;
  const expected = parseReply(bytes);
  if (expected.ending === "whole") {
    assertEqual({ ending, records, count, status }, expected);
    return;
  }
  if (expected.ending === "wrongShape") assert.equal(ending, "wrongShape");
  else assert.notEqual(ending, "whole");
  const last = scan.ends.at(-1);
  if (last === undefined) return;
  const closed = Buffer.concat([bytes.subarray(0, last), Buffer.from("]}")]);
  assertEqual(records, parseReply(closed).records);
}

/** As assert.deepEqual, but quick where they are equal: nearly always, in some hundred thousand cases. */
export function assertEqual(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) assert.deepEqual(actual, expected);
}

/** Fails unless two chunkings of the same bytes are read as the same. */
export function assertSameScan(scan: Scan, other: Scan): void {
  assertEqual({ ...scan, mostPending: 0 }, { ...other, mostPending: 0 });
}

/** Chunks that end at these places; each has memory of its own, as on a socket. */
export function chunksAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places, bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

/** Chunks of so many bytes. */
export function chunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
}

/** Scans it whole, byte by byte and cut at these places, each time with the same result as `JSON.parse`. */
export function assertAnyChunking(bytes: Buffer, cuts: readonly number[]): Scan {
  const scan = scanReply([bytes]);
  assertReadsLikeJsonParse(bytes, scan);
  assertSameScan(scanReply(chunksOf(bytes, 1)), scan);
  const within = cuts.map((place) => place % (bytes.length + 1));
  assertSameScan(scanReply(chunksAt(bytes, within)), scan);
  return scan;
}

export function scanText(text: string): Scan {
  return assertAnyChunking(Buffer.from(text), []);
}

/** The values of a slot, record by record. */
export function picked(text: string, slot: number): (string | undefined)[] {
  return scanText(text).records.map(({ picks }) => picks[slot]);
}
