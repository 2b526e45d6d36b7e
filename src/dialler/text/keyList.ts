import { contactIdOf, userDataFault } from "../api/record/key";
import { type Candidates, candidatesOf } from "./keyColumns";

/** Why an entry of a list cannot be used. */
export type EntryFault = "blank" | "noId" | "repeated" | "illFormed" | "otherEndpoint";

export interface UnusableEntry {
  /** The line number, or the position in a JSON array, counted from 1. */
  readonly line: number;
  readonly why: EntryFault;
  /** The contact that was already listed. */
  readonly id?: number;
}

/** One way to read a text: as IDs or as UserData, from one of its columns. */
export interface KeyReading {
  /** The column's name or a sample value; undefined if each line is an entry. */
  readonly column: string | undefined;
  readonly keys:
    | { readonly kind: "id"; readonly ids: readonly number[] }
    /** Exactly as written, never trimmed. */
    | { readonly kind: "userData"; readonly userData: readonly string[] };
  readonly unusable: readonly UnusableEntry[];
}

/** If nine of ten entries look like IDs, the text is a list of IDs with a few mistakes. */
const mostlyIds = 0.9;

/**
 * The ways to read a text as a list of contacts, the most likely first: lines, a column of a table, a JSON array, or
 * lines of this extension's log. Empty if the text has no entry. A reading without usable entries is dropped if there
 * is another. `endpoint` is the target: log lines of other endpoints are unusable.
 */
export function readingsOf(text: string, endpoint: string): readonly KeyReading[] {
  const readings = candidatesOf(text.replace(/^\ufeff/, "")).flatMap((candidates) =>
    readingsIn(candidates, endpoint),
  );
  const usable = readings.filter((reading) => usableCount(reading) > 0);
  return usable.length > 0 ? usable : readings.slice(0, 1);
}

export function usableCount({ keys }: KeyReading): number {
  return keys.kind === "id" ? keys.ids.length : keys.userData.length;
}

/** The unusable lines, blank ones and repetitions included: "3, 17, 18". */
export function unusableLines({ unusable }: KeyReading, most = 10): string {
  const lines = unusable.slice(0, most).map(({ line }) => line);
  return unusable.length > most ? `${lines.join(", ")}…` : lines.join(", ");
}

function readingsIn(candidates: Candidates, endpoint: string): KeyReading[] {
  const { entries, named } = candidates;
  const filled = entries.filter(({ text }) => text.trim() !== "");
  if (filled.length === 0) return entries.length === 0 ? [] : [userDataReading(candidates)];
  if (named === "id") return [idReading(candidates, endpoint)];
  if (named === "userData") return [userDataReading(candidates)];
  const share = filled.filter(({ text }) => idOf(text) !== undefined).length / filled.length;
  if (share === 0) return [userDataReading(candidates)];
  const both = [idReading(candidates, endpoint), userDataReading(candidates)];
  return share >= mostlyIds ? both : both.reverse();
}

function idReading({ entries, column }: Candidates, target: string): KeyReading {
  const ids = new Set<number>();
  const unusable: UnusableEntry[] = [];
  for (const { line, text, endpoint = target } of entries) {
    const id = idOf(text);
    if (endpoint !== target) unusable.push({ line, why: "otherEndpoint" });
    else if (text.trim() === "") unusable.push({ line, why: "blank" });
    else if (id === undefined) unusable.push({ line, why: "noId" });
    else if (ids.has(id)) unusable.push({ line, why: "repeated", id });
    else ids.add(id);
  }
  return { column, keys: { kind: "id", ids: [...ids] }, unusable };
}

function userDataReading({ entries, column }: Candidates): KeyReading {
  const userData = new Set<string>();
  const unusable: UnusableEntry[] = [];
  for (const { line, text } of entries) {
    if (text.trim() === "") unusable.push({ line, why: "blank" });
    else if (userDataFault(text) !== undefined) unusable.push({ line, why: "illFormed" });
    else if (userData.has(text)) unusable.push({ line, why: "repeated" });
    else userData.add(text);
  }
  return { column, keys: { kind: "userData", userData: [...userData] }, unusable };
}

/** An ID as people write it, with surrounding blanks and a leading `#` ignored. */
function idOf(text: string): number | undefined {
  return contactIdOf(text.trim().replace(/^#/, ""));
}
