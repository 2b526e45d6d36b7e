import { bankMembers } from "../api/record/contact";
import { contactIdOf } from "../api/record/key";
import { isNestedTooDeep } from "../api/record/nesting";
import type { WireRecord } from "../api/record/wire";
import { tableText } from "../text/table/tableText";
import { cellOf } from "../text/cells/enteredText";
import { SpelledNumber } from "../text/cells/spelledNumber";
import { protectedText } from "../text/cells/spreadsheetSafe";
import { type ChosenMembers, isChosen, orderedColumns } from "./exportColumns";

/**
 * `spreadsheet`: a table in which a spreadsheet calculates and changes no cell. `raw`: a table with unchanged texts, for importing
 * again. `json`: the records as they were sent.
 */
export type ExportFormat = "spreadsheet" | "raw" | "json";

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly bankToo: boolean;
  readonly lockField: string;
  /** Undefined: all of them. */
  readonly members?: ChosenMembers;
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

/** Turns records into the text of a file, batch by batch. Holds only the records that determine the columns. */
export class ExportText {
  /** Members that appeared too late for a column, with the number of contacts that have them. */
  readonly late = new Map<string, number>();
  /** Members that were withheld although they had a value. */
  readonly withheld = new Set<string>();
  /** The IDs of the contacts that are left out, because writing their records would exhaust the stack. */
  readonly tooDeep: string[] = [];
  #count = 0;
  #waiting: WireRecord[] = [];
  #columns: readonly string[] | undefined;

  constructor(readonly choice: ExportChoice) {}

  /** The number of contacts so far. */
  get count(): number {
    return this.#count;
  }

  push(records: readonly WireRecord[]): string {
    const kept = records.filter((record) => this.#isWritable(record)).map((record) => this.#kept(record));
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

  #isWritable(record: WireRecord): boolean {
    if (!isNestedTooDeep(record)) return true;
    this.tooDeep.push(String(contactIdOf(record.ID) ?? "?"));
    return false;
  }

  /** The part of a record that is exported. Only this method withholds members. */
  #kept(whole: WireRecord): WireRecord {
    const { format, bankToo, shownOf, members, lockField } = this.choice;
    const record = format === "spreadsheet" && shownOf !== undefined ? shownOf(whole) : whole;
    if (bankToo && members === undefined) return record;
    const entries = Object.entries(record).filter(
      ([name]) => members === undefined || isChosen(members, name, lockField),
    );
    if (bankToo) return Object.fromEntries(entries);
    for (const [name, value] of entries) {
      if (bankMembers.has(name) && cellText(value) !== "") this.withheld.add(name);
    }
    return Object.fromEntries(entries.filter(([name]) => !bankMembers.has(name)));
  }

  #begin(): string {
    const waiting = this.#waiting;
    const columns = (this.#columns = this.#columnsOf(waiting));
    this.#waiting = [];
    const start = this.choice.format === "spreadsheet" ? byteOrderMark : "";
    return `${start}${this.#table([columns])}${this.#lines(columns, waiting)}`;
  }

  #columnsOf(records: readonly WireRecord[]): readonly string[] {
    const { bankToo, lockField, members } = this.choice;
    return orderedColumns(new Set(records.flatMap((record) => Object.keys(record))), lockField).filter(
      (name) =>
        (bankToo || !bankMembers.has(name)) && (members === undefined || isChosen(members, name, lockField)),
    );
  }

  #lines(columns: readonly string[], records: readonly WireRecord[]): string {
    const known = new Set(columns);
    for (const name of records.flatMap((record) => Object.keys(record))) {
      if (!known.has(name)) this.late.set(name, (this.late.get(name) ?? 0) + 1);
    }
    return this.#table(records.map((record) => columns.map((name) => valueIn(record, name))));
  }

  #table(rows: readonly (readonly unknown[])[]): string {
    const textOf = this.choice.format === "spreadsheet" ? spreadsheetText : rawText;
    return tableText(
      rows.map((row) => row.map(textOf)),
      ";",
    );
  }

  #json(records: readonly WireRecord[]): string {
    const texts = records.map((record) => `${this.#count++ === 0 ? "[\n" : ",\n"}${jsonText(record)}`);
    return texts.join("");
  }
}

/** A member may have the name of a built-in property. */
function valueIn(record: WireRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A value as the text of a cell: empty for null, JSON for objects and arrays. */
export function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return value instanceof SpelledNumber ? value.text : JSON.stringify(value);
}

/** The text of a cell that an import reads as this value again. */
function rawText(value: unknown): string {
  return typeof value === "string" ? cellOf(value) : cellText(value);
}

const terminalControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const lineSeparators = /[\u2028\u2029]/g;

/** The text of a cell that no spreadsheet calculates or changes, without terminal control characters. */
export function spreadsheetText(value: unknown): string {
  // Removing a control character may expose a formula.
  const plain = cellText(value).replace(terminalControls, "").replace(lineSeparators, "\n");
  // A truth value of the record is meant to be one in the spreadsheet, too.
  return typeof value === "boolean" ? plain : protectedText(plain);
}

/** JSON with additional escapes, for terminals and old readers. It parses to the same values. */
function jsonText(record: WireRecord): string {
  return JSON.stringify(record, undefined, 2).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
