import { phonePlaces } from "../api/record/contact";
import { campaignNameMember, importableMembers } from "../api/record/importable";
import { contactIdOf, userDataFault } from "../api/record/key";
import type { WireRecord } from "../api/record/wire";
import * as l10n from "../../l10n";
import { cellText } from "./exportRows";
import { type ImportRow, type ImportTable, outcomeColumn } from "./importTable";

/** A row that the server should accept, as far as can be checked before it is sent. */
export interface ReadyRow {
  /** The position in the table, from 0. */
  readonly row: number;
  readonly line: number;
  readonly userData: string | undefined;
  readonly record: WireRecord;
}

/** A row that is not sent, and why. */
export interface AsideRow {
  readonly row: number;
  readonly line: number;
  readonly userData?: string | undefined;
  readonly reason: string;
}

/** The member of each column, by column index. */
export type Mapping = ReadonlyMap<number, string>;

export interface CheckedRows {
  readonly ready: readonly ReadyRow[];
  readonly aside: readonly AsideRow[];
}

/** The campaigns of the server, if it lists them. A row for another campaign would be refused. */
export interface KnownCampaigns {
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

const phoneMembers = phonePlaces.map((place) => `PhoneNumber${place}`);
const numberMembers: ReadonlySet<string> = new Set([...phoneMembers, "FaxNumber"]);

/** Checks every row before anything is sent. If rows have the same UserData, only the first is used. */
export function checkedRows(
  { columns, rows }: ImportTable,
  mapping: Mapping,
  campaigns: KnownCampaigns | undefined,
): CheckedRows {
  const ready: ReadyRow[] = [];
  const aside: AsideRow[] = [];
  const lines = new Map<string, number>();
  const outcomeAt = columns.findIndex(
    (column) => column.trim().toLowerCase() === outcomeColumn.toLowerCase(),
  );
  rows.forEach((cells, row) => {
    const { line } = cells;
    const read = readRow(cells, mapping, columns.length);
    const record = typeof read === "string" ? {} : read;
    const userData = typeof record.UserData === "string" ? record.UserData : undefined;
    const before = userData === undefined ? undefined : lines.get(userData);
    const reason =
      typeof read === "string"
        ? read
        : (markFault(cells.cells[outcomeAt]) ?? recordFault(record, campaigns) ?? repeatedFault(before));
    if (reason !== undefined) {
      aside.push({ row, line, userData, reason });
      return;
    }
    if (userData !== undefined) lines.set(userData, line);
    ready.push({ row, line, userData, record });
  });
  return { ready, aside };
}

/** The members of a row that have a value, or the reason why the row cannot be sent. */
function readRow(row: ImportRow, mapping: Mapping, columns: number): WireRecord | string {
  switch (row.fault) {
    case "cellCount":
      return row.cells.length === 1
        ? l10n.t("it has 1 cell, but the header has {columns}", { columns })
        : l10n.t("it has {cells} cells, but the header has {columns}", { cells: row.cells.length, columns });
    case "quotes":
      return l10n.t("a quotation mark is missing or misplaced");
    case "noRecord":
      return l10n.t("it is not a record");
    case undefined:
  }
  const members: [string, unknown][] = [];
  for (const [column, member] of mapping) {
    const cell = row.cells[column];
    if (cell === null || cell === undefined || cell === "") continue;
    const value = valueOf(member, cell);
    if (value === undefined) return l10n.t("the value of {member} cannot be sent", { member });
    members.push([member, value]);
  }
  return Object.fromEntries(members);
}

/** The value to send for a cell; undefined if it would differ from the file. */
function valueOf(member: string, cell: unknown): string | number | undefined {
  if (typeof cell === "number") {
    // Further digits were lost when the file was parsed.
    if (Number.isInteger(cell) && !Number.isSafeInteger(cell)) return undefined;
    return member === "Amount" || member === "DiallerCampaignsID" ? cell : String(cell);
  }
  if (typeof cell !== "string" || !cell.isWellFormed()) return undefined;
  if (member === "DiallerCampaignsID") return contactIdOf(cell.trim());
  // Only canonical numbers are converted. Other spellings are left to the server.
  if (member === "Amount" && cell === String(Number(cell)) && Number.isFinite(Number(cell)))
    return Number(cell);
  return cell;
}

/** An earlier import of this row may have succeeded. Only a person can find out. */
function markFault(outcome: unknown): string | undefined {
  return typeof outcome === "string" && outcome.trim().toLowerCase() === "unknown"
    ? l10n.t("it may have been imported already; if it was not, clear its cell in the column {column}", {
        column: outcomeColumn,
      })
    : undefined;
}

function repeatedFault(line: number | undefined): string | undefined {
  return line === undefined ? undefined : l10n.t("it has the same UserData as line {line}", { line });
}

function recordFault(record: WireRecord, campaigns: KnownCampaigns | undefined): string | undefined {
  if (isBlank(record.Name)) return l10n.t("it has no name");
  const campaign = campaignFault(record, campaigns);
  if (campaign !== undefined) return campaign;
  if (phoneMembers.every((member) => isBlank(record[member]))) return l10n.t("it has no phone number");
  if (typeof record.UserData === "string" && userDataFault(record.UserData) !== undefined) {
    return l10n.t("its UserData is blank");
  }
  for (const [member, value] of Object.entries(record)) {
    const text = cellText(value);
    const longest = importableMembers.get(member) ?? 0;
    if (longest > 0 && text.length > longest) {
      return l10n.t("{member} has {length} characters; the server keeps {longest}", {
        member,
        length: text.length,
        longest,
      });
    }
    if (numberMembers.has(member) && !/^\+?[0-9]+$/.test(text)) {
      return l10n.t("{member} may contain only digits and a leading plus", { member });
    }
  }
  return undefined;
}

function campaignFault(record: WireRecord, campaigns: KnownCampaigns | undefined): string | undefined {
  const { DiallerCampaignsID: id, [campaignNameMember]: name } = record;
  if (id === undefined && isBlank(name)) return l10n.t("it has no campaign");
  if (id !== undefined && contactIdOf(id) === undefined) return l10n.t("its campaign ID is not valid");
  if (campaigns === undefined) return undefined;
  const known =
    (id === undefined || campaigns.ids.has(Number(id))) &&
    (name === undefined || campaigns.names.has(cellText(name)));
  return known ? undefined : l10n.t("the server has no such campaign");
}

function isBlank(value: unknown): boolean {
  return cellText(value).trim() === "";
}
