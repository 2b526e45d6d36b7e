import type { WireRecord } from "../../../dialler/api/record/wire";

/** One call of a contact. Text is the server's and raw; empty or undefined if the server did not send it. */
export interface PastCall {
  readonly at: string;
  readonly number: string;
  readonly seconds: number | undefined;
  /** The ISDN cause. */
  readonly cause: number | undefined;
  readonly agent: string;
  readonly result: string;
}

/** A result code in words, such as "Not reached (delay)"; the ID if the server sent no words; empty if there is none. */
export interface ResultCode {
  readonly text: string;
  readonly id: string;
  readonly types: readonly ResultType[];
}
export type ResultType = "bDone" | "bAborted" | "bDelay" | "bAppointment";
const resultTypes: readonly ResultType[] = ["bDone", "bAborted", "bDelay", "bAppointment"];

/**
 * The calls in the server's order. The vendor documents only that each has a `StatisticsPartA`; its members are
 * recognised by the names seen so far and by names like them.
 */
export function callsOf(record: WireRecord): PastCall[] {
  const history = new Map(Object.entries(record)).get("DiallerContactsHistory");
  if (!Array.isArray(history)) return [];
  const current = resultCodeOf(record);
  return history.flatMap((entry: unknown) => {
    const members = callMembers(entry);
    if (members === undefined) return [];
    const code = resultCodeOf(Object.fromEntries(members));
    const result = code.text || (code.id !== "" && code.id === current.id ? current.text : "");
    return [
      {
        at: textOf(first(members, /^dt(?:Start|Begin|Call)/) ?? first(members, /^dt[A-Z]/)),
        number: textOf(first(members, /^CalledNumber$/) ?? first(members, /^(?:Phone|Dialled)\w*Number\d?$/)),
        seconds: numberOf(first(members, /Duration/)),
        cause: numberOf(first(members, /^n?(?:\w+)?Cause$/)),
        agent: textOf(
          first(members, /^(?:Agent|Users?)(?:Full)?Name$/) ?? first(members, /^(?:Users|Agents?)UID$/),
        ),
        result: result || code.id,
      },
    ];
  });
}

/** Every result code that a record names: its own, and those of its calls. */
export function resultCodesIn(record: WireRecord): ResultCode[] {
  const history = new Map(Object.entries(record)).get("DiallerContactsHistory");
  const calls = Array.isArray(history) ? history.map((entry: unknown) => callMembers(entry)) : [];
  return [record, ...calls.map((members) => Object.fromEntries(members ?? []))].map(resultCodeOf);
}

/** The result code of a contact or of one call. */
export function resultCodeOf(record: WireRecord): ResultCode {
  const members = new Map(Object.entries(record));
  const code = membersOf(members.get("DiallerCampaignsResultCodes")) ?? new Map<string, unknown>();
  return {
    text: textOf(code.get("Content")) || textOf(code.get("ExportKey")),
    id: textOf(members.get("DiallerCampaignsResultCodesID")) || textOf(code.get("ID")),
    types: resultTypes.filter((type) => [true, 1, "1"].some((set) => set === code.get(type))),
  };
}

/** The members of a call, with those of its `StatisticsPartA`. */
function callMembers(entry: unknown): Map<string, unknown> | undefined {
  const outer = membersOf(entry);
  return outer && new Map([...outer, ...(membersOf(outer.get("StatisticsPartA")) ?? [])]);
}

function first(members: ReadonlyMap<string, unknown>, named: RegExp): unknown {
  for (const [name, value] of members) if (named.test(name) && textOf(value) !== "") return value;
  return undefined;
}

function membersOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function numberOf(value: unknown): number | undefined {
  const text = textOf(value).trim();
  const number = Number(text);
  return text === "" || !Number.isFinite(number) || number < 0 ? undefined : number;
}
