import { isLockMember, phonePlaces } from "../api/record/contact";
import { bankMembers } from "../api/record/contact";
import { importableMembers } from "../api/record/importable";
import type { WireRecord } from "../api/record/wire";
import { tableText } from "../text/table/tableText";

/**
 * `spreadsheet`: a table in which no cell is treated as a formula. `raw`: a table with unchanged texts, for importing
 * again. `json`: the records as they were sent.
 */
export type ExportFormat = "spreadsheet" | "raw" | "json";

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly bankToo: boolean;
  readonly lockField: string;
  /**
   * The part of a record that a table for spreadsheets shows; other formats are for importing again. Undefined: all of
   * it.
   */
  readonly shownOf?: (record: WireRecord) => WireRecord;
}

/**
 * The columns of a table are determined from this number of records. Members that first appear later have no column.
 */
const settledBy = 100;

const byteOrderMark = "\ufeff";

/** Documented members that an import cannot set, in the order of the export. */
const otherMembers: readonly string[] = [
  "DiallerCampaignsResultCodesID",
  "dtImported",
  ...phonePlaces.flatMap((place) => [
    `nTriesPhoneNumber${place}`,
    `bPhoneNumber${place}Invalid`,
    `nPhoneNumber${place}LastCause`,
    `PhoneNumber${place}LastAcdAgentEndReasonsID`,
  ]),
  "LastAcdAgentEndReasonsID",
  "bLastResultMailbox",
  "RandomSortOrder",
  "ReservedUsersUID",
  "FollowUpUsersUID",
  "FollowUpDateTime",
];

/** Turns records into the text of a file, batch by batch. Holds only the records that determine the columns. */
export class ExportText {
  /** Members that appeared too late for a column, with the number of contacts that have them. */
  readonly late = new Map<string, number>();
  /** Members that were withheld although they had a value. */
  readonly withheld = new Set<string>();
  #count = 0;
  #waiting: WireRecord[] = [];
  #columns: readonly string[] | undefined;

  constructor(readonly choice: ExportChoice) {}

  /** The number of contacts so far. */
  get count(): number {
    return this.#count;
  }

  push(records: readonly WireRecord[]): string {
    const kept = records.map((record) => this.#kept(record));
    if (this.choice.format === "json") return this.#json(kept);
    this.#count += kept.length;
    if (this.#columns !== undefined) return this.#lines(this.#columns, kept);
    this.#waiting.push(...kept);
    return this.#waiting.length < settledBy ? "" : this.#begin();
  }

  end(): string {
    if (this.choice.format === "json") return this.#count === 0 ? "[]\n" : "\n]\n";
    return this.#columns === undefined ? this.#begin() : "";
  }

  /** The part of a record that is exported. Only this method withholds members. */
  #kept(whole: WireRecord): WireRecord {
    const { format, bankToo, shownOf } = this.choice;
    const record = format === "spreadsheet" && shownOf !== undefined ? shownOf(whole) : whole;
    if (bankToo) return record;
    const entries = Object.entries(record);
    for (const [name, value] of entries) {
      if (bankMembers.has(name) && cellText(value) !== "") this.withheld.add(name);
    }
    return Object.fromEntries(entries.filter(([name]) => !bankMembers.has(name)));
  }

  #begin(): string {
    const waiting = this.#waiting;
    const columns = (this.#columns = columnsOf(waiting, this.choice));
    this.#waiting = [];
    const start = this.choice.format === "spreadsheet" ? byteOrderMark : "";
    return `${start}${this.#table([columns])}${this.#lines(columns, waiting)}`;
  }

  #lines(columns: readonly string[], records: readonly WireRecord[]): string {
    const known = new Set(columns);
    for (const name of records.flatMap((record) => Object.keys(record))) {
      if (!known.has(name)) this.late.set(name, (this.late.get(name) ?? 0) + 1);
    }
    return this.#table(records.map((record) => columns.map((name) => textIn(record, name))));
  }

  #table(rows: readonly (readonly string[])[]): string {
    const safe = this.choice.format === "spreadsheet";
    return tableText(safe ? rows.map((row) => row.map(formulaSafe)) : rows, ";");
  }

  #json(records: readonly WireRecord[]): string {
    const texts = records.map((record) => `${this.#count++ === 0 ? "[\n" : ",\n"}${jsonText(record)}`);
    return texts.join("");
  }
}

function columnsOf(records: readonly WireRecord[], { bankToo, lockField }: ExportChoice): readonly string[] {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const locks = [...names].filter((name) => isLockMember(name, lockField));
  const documented = [...importableMembers.keys(), "ID", ...locks, ...otherMembers];
  return [...new Set([...documented, ...names])].filter((name) => bankToo || !bankMembers.has(name));
}

/** A member may have the name of a built-in property. */
function textIn(record: WireRecord, name: string): string {
  return Object.hasOwn(record, name) ? cellText(record[name]) : "";
}

/** A value as the text of a cell: empty for null, JSON for objects and arrays. */
export function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return JSON.stringify(value);
}

const terminalControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const lineSeparators = /[\u2028\u2029]/g;

/** Characters at the start of a cell that make it a formula. */
const formulaStart = /^[=+\-@\t\r]/;

/** The text of a cell that no spreadsheet calculates, without terminal control characters. */
export function formulaSafe(text: string): string {
  // Removing a control character may expose a formula.
  const plain = text.replace(terminalControls, "").replace(lineSeparators, "\n");
  return formulaStart.test(plain) ? `'${plain}` : plain;
}

/** JSON with additional escapes, for terminals and old readers. It parses to the same values. */
function jsonText(record: WireRecord): string {
  return JSON.stringify(record, undefined, 2).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
