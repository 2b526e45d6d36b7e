import { resultsInLog } from "../runs/resultLine";
import { readTable, type TableRow } from "./csvTable";

/** How an entry identifies a contact. */
export type KeyKind = "id" | "userData";

export interface Entry {
  /** The line number, or the position in a JSON array, counted from 1. */
  readonly line: number;
  readonly text: string;
  /** The endpoint of a log line; undefined if the entry names none. */
  readonly endpoint?: string;
}

/** One possible source of keys in a text. */
export interface Candidates {
  /** The column's name or a sample value; undefined if each line is an entry. */
  readonly column: string | undefined;
  /** The kind of key, if the column's name says so. */
  readonly named: KeyKind | undefined;
  readonly entries: readonly Entry[];
}

const idNames = /^(id|(dialler)?contacts?id)$/;
const userDataNames = /^userdata$/;
const delimiters = ["\t", ";", ","] as const;

/** The places in a text that may hold keys, the most likely first. */
export function candidatesOf(text: string): Candidates[] {
  const json = jsonCandidates(text);
  if (json !== undefined) return json;
  const logged = loggedIds(text);
  if (logged !== undefined) return [logged];
  const lines = oneColumn(linesOf(text));
  for (const delimiter of delimiters) {
    const rows = readTable(text, delimiter);
    const [first] = rows;
    if (first === undefined || first.cells.length < 2) continue;
    if (rows.length === 1) return listInALine(first, lines);
    if (rows.every(({ cells }) => cells.length === first.cells.length)) return columnsOf(rows, first, lines);
  }
  return [lines];
}

/** Each line unchanged. An empty rest after the last line break does not count. */
function linesOf(text: string): Entry[] {
  const lines = text.split(/\r\n|\n|\r/);
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => ({ line: index + 1, text: line }));
}

/** Each line is an entry. A first line that is a column name, such as "ID", is left out. */
function oneColumn(entries: readonly Entry[]): Candidates {
  const named = kindNamed(entries[0]?.text ?? "");
  return { column: undefined, named, entries: named === undefined ? entries : entries.slice(1) };
}

/** "40101, 40102, 40103": several entries on one line, or one UserData that contains commas. */
function listInALine({ line, cells }: TableRow, whole: Candidates): Candidates[] {
  const entries = cells.map((cell) => ({ line, text: cell.trim() })).filter(({ text }) => text !== "");
  const parts: Candidates = { column: undefined, named: undefined, entries };
  return entries.every(({ text }) => /^#?\d+$/.test(text)) ? [parts, whole] : [whole, parts];
}

/** The columns whose names say what they hold, or all columns if there are none. */
function columnsOf(rows: readonly TableRow[], header: TableRow, whole: Candidates): Candidates[] {
  const columns = header.cells.map((name, index): Candidates => {
    const named = kindNamed(name);
    const entries = rows.map(({ line, cells }) => ({ line, text: cells[index] ?? "" }));
    return { column: name.trim(), named, entries: named === undefined ? entries : entries.slice(1) };
  });
  const named = columns.filter((column) => column.named !== undefined);
  return named.length > 0 ? named : [...columns, whole];
}

function kindNamed(name: string): KeyKind | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, "");
  if (idNames.test(plain)) return "id";
  return userDataNames.test(plain) ? "userData" : undefined;
}

/** IDs from lines of this extension's output channel, without repetitions; undefined if the text is not a log. */
function loggedIds(text: string): Candidates | undefined {
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const { line, endpoint, id, newId = id } of resultsInLog(text)) {
    const key = `${endpoint ?? ""} ${newId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    entries.push({ line, text: String(newId), ...(endpoint === undefined ? {} : { endpoint }) });
  }
  return entries.length === 0 ? undefined : { column: undefined, named: "id", entries };
}

/** An array of keys or records, or a reply with `records`; undefined if the text is not such JSON. */
function jsonCandidates(text: string): Candidates[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const items: unknown = isObject(value) && "records" in value ? value.records : value;
  const elements: readonly unknown[] = Array.isArray(items) ? items : [items];
  if (elements.every((element) => typeof element === "string" || typeof element === "number")) {
    const entries = elements.map((element, index) => ({ line: index + 1, text: String(element) }));
    return [{ column: undefined, named: undefined, entries }];
  }
  const members = new Set(elements.flatMap((element) => (isObject(element) ? Object.keys(element) : [])));
  const columns = [...members].flatMap((member): Candidates[] => {
    const named = kindNamed(member);
    if (named === undefined) return [];
    const entries = elements.map((element, index) => ({
      line: index + 1,
      text: textOf(isObject(element) ? Object.entries(element).find(([name]) => name === member)?.[1] : ""),
    }));
    return [{ column: member, named, entries }];
  });
  return columns.length === 0 ? undefined : columns.sort((a, b) => rankOf(a) - rankOf(b));
}

/** IDs come first, because they are unique. */
function rankOf({ named }: Candidates): number {
  return named === "id" ? 0 : 1;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
