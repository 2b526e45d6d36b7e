import { phonePlaces } from "../api/record/contact";
import { campaignNameMember, importableMembers } from "../api/record/importable";
import type { WireRecord } from "../api/record/wire";
import * as l10n from "../../l10n";
import { visible } from "../text/cells/visible";
import { rowFaultText } from "../text/table/rowFaultText";
import type { TableRow } from "../text/table/tableRows";
import { cellText } from "./exportRows";
import { cellInJson, cellInTable } from "./importCell";
import { type ImportTable, isNamed, outcomeColumn, reasonColumn, unreadable } from "./importTable";

/** A row that the server should accept, as far as can be checked before it is sent. */
export interface ReadyRow {
  /** The position in the table, from 0. */
  readonly row: number;
  readonly line: number;
  readonly userData: string | undefined;
  readonly record: WireRecord;
  /** Members whose cell is written otherwise than its value is sent. */
  readonly converted?: readonly Converted[];
}

/** A cell that is not sent as it is written. */
export interface Converted {
  readonly member: string;
  readonly from: string;
  readonly to: string;
}

/** A row that is not sent, and why. */
export interface AsideRow {
  readonly row: number;
  readonly line: number;
  readonly userData?: string | undefined;
  /** A clause without the values of the row, so that it may be logged. */
  readonly reason: string;
  /** The same for the person who imports, with the value at fault. */
  readonly shown?: string;
}

/** The member of each column, by column index. */
export type Mapping = ReadonlyMap<number, string>;

export interface CheckedRows {
  readonly ready: readonly ReadyRow[];
  readonly aside: readonly AsideRow[];
  /** The lines with invisible signs in their UserData. */
  readonly invisible: readonly number[];
}

/** The campaigns of the server, if it lists them. A row for another campaign would be refused. */
export interface KnownCampaigns {
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

/** What is checked, and against what. */
export interface RowChecks {
  readonly mapping: Mapping;
  readonly campaigns: KnownCampaigns | undefined;
  /** Whether invisible signs are taken out of a UserData. */
  readonly cleaned?: boolean;
}

const phoneMembers = phonePlaces.map((place) => `PhoneNumber${place}`);

/** Rows are checked in groups of this size. */
const groupSize = 100;

/**
 * Checks every row before anything is sent. If rows have the same UserData, only the first is used. Yields between
 * groups of rows, so that a caller may pause there.
 */
export function* checkedRows(table: ImportTable, checks: RowChecks): Generator<undefined, CheckedRows, void> {
  const ready: ReadyRow[] = [];
  const aside: AsideRow[] = [];
  const invisible: number[] = [];
  const lines = new Map<string, number>();
  const marks = marksOf(table);
  for (const [row, cells] of table.rows.entries()) {
    if (row % groupSize === groupSize - 1) yield;
    const { line } = cells;
    const before = marks(cells);
    const read = before === undefined ? readRow(cells, table, checks) : { fault: { reason: before } };
    if (read.doubtful === true) invisible.push(line);
    const { record = {}, converted = [] } = read;
    const userData = typeof record.UserData === "string" ? record.UserData : undefined;
    const earlier = userData === undefined ? undefined : lines.get(userData);
    const fault = read.fault ?? recordFault(record, checks.campaigns) ?? repeatedFault(earlier);
    if (fault !== undefined) {
      aside.push({ row, line, userData, ...fault });
      continue;
    }
    if (userData !== undefined) lines.set(userData, line);
    ready.push({ row, line, userData, record, ...(converted.length === 0 ? {} : { converted }) });
  }
  return { ready, aside, invisible };
}

interface RowFault {
  readonly reason: string;
  readonly shown?: string;
}

interface ReadRow {
  readonly record?: WireRecord;
  readonly converted?: readonly Converted[];
  readonly doubtful?: boolean;
  readonly fault?: RowFault;
}

/** The members of a row that have a value, or the reason why the row cannot be sent. */
function readRow(
  { cells, fault }: TableRow,
  { columns, readAs }: ImportTable,
  { mapping, cleaned = false }: RowChecks,
): ReadRow {
  if (fault !== undefined) return { fault: tableFault(fault, cells.length, columns.length) };
  const members: [string, string | number][] = [];
  const converted: Converted[] = [];
  let doubtful = false;
  for (const [column, member] of mapping) {
    const cell = cells[column];
    if (cell === null || cell === undefined) continue;
    const isText = readAs.kind === "text" && typeof cell === "string";
    const read = isText ? cellInTable(member, cell) : cellInJson(member, cell);
    if (read.kind === "fault") return { fault: cellFault(member, read.reason, read.shown, cell) };
    if (read.kind === "doubtful") doubtful = true;
    const value = read.kind === "doubtful" && cleaned ? read.cleaned : read.value;
    if (value === "") continue;
    members.push([member, value]);
    const isCleaned = read.kind === "doubtful" && cleaned;
    if (isCleaned || (read.kind === "value" && read.converted === true)) {
      converted.push({ member, from: cellText(cell), to: String(value) });
    }
  }
  return { record: Object.fromEntries(members), converted, doubtful };
}

function tableFault(fault: NonNullable<TableRow["fault"]>, cells: number, columns: number): RowFault {
  if (fault !== "cellCount") return { reason: rowFaultText(fault) };
  const reason =
    cells === 1
      ? l10n.t("it has 1 cell, but the header has {columns}", { columns })
      : l10n.t("it has {cells} cells, but the header has {columns}", { cells, columns });
  return { reason };
}

function cellFault(member: string, reason: string, shown: string | undefined, cell: unknown): RowFault {
  const value = visible(cellText(cell));
  return {
    reason: `${member}: ${reason}`,
    shown: l10n.t("{member} “{value}”: {reason}", { member, value, reason: shown ?? reason }),
  };
}

/** Why a row of a saved import is left out, by its mark. Only a person can find out, or mend it. */
function marksOf({ columns }: ImportTable): (row: TableRow) => string | undefined {
  const outcomeAt = columns.findIndex((column) => isNamed(column, outcomeColumn));
  const reasonAt = columns.findIndex((column) => isNamed(column, reasonColumn));
  if (outcomeAt === -1) return () => undefined;
  return ({ cells }) => {
    const mark = cellText(cells[outcomeAt]).trim().toLowerCase();
    if (mark === "unknown") {
      return l10n.t(
        "it may have been imported already; if it was not, clear its cell in the column {column}",
        {
          column: outcomeColumn,
        },
      );
    }
    if (mark !== unreadable) return undefined;
    const reason = cellText(cells[reasonAt]).trim();
    return reason === "" ? l10n.t("it could not be read") : reason;
  };
}

function repeatedFault(line: number | undefined): RowFault | undefined {
  return line === undefined
    ? undefined
    : { reason: l10n.t("it has the same UserData as line {line}", { line }) };
}

function recordFault(record: WireRecord, campaigns: KnownCampaigns | undefined): RowFault | undefined {
  if (isBlank(record.Name)) return { reason: l10n.t("it has no name") };
  const campaign = campaignFault(record, campaigns);
  if (campaign !== undefined) return { reason: campaign };
  if (phoneMembers.every((member) => isBlank(record[member]))) {
    return { reason: l10n.t("it has no phone number") };
  }
  for (const [member, value] of Object.entries(record)) {
    const { length } = cellText(value);
    const longest = importableMembers.get(member) ?? 0;
    if (longest > 0 && length > longest) {
      const values = { member, length, longest };
      return { reason: l10n.t("{member} has {length} characters; the server keeps {longest}", values) };
    }
  }
  return undefined;
}

function campaignFault(record: WireRecord, campaigns: KnownCampaigns | undefined): string | undefined {
  const { DiallerCampaignsID: id, [campaignNameMember]: name } = record;
  if (id === undefined && isBlank(name)) return l10n.t("it has no campaign");
  if (campaigns === undefined) return undefined;
  const known =
    (id === undefined || campaigns.ids.has(Number(id))) &&
    (name === undefined || campaigns.names.has(cellText(name)));
  return known ? undefined : l10n.t("the server has no such campaign");
}

function isBlank(value: unknown): boolean {
  return cellText(value).trim() === "";
}
