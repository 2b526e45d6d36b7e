import { contactIdOf } from "../api/record/key";
import { contactActions } from "./contactAction";
import { type EntryResult, type Level, levelOf, type Outcome, outcomes } from "./outcome";
import type { RecordedAction } from "./recordedAction";

/** The actions with result lines: changes, imports, restores. */
export type LoggedAction = RecordedAction | "restore";

/** `<endpoint> <action> #<id> <outcome> HTTP <status|-> <ms> ms[ : reason]`. The outcome word is not translated. */
export function lineOf(action: LoggedAction, endpoint: string, result: EntryResult): string {
  return lineAbout(`#${result.id ?? "-"}`, action, endpoint, result);
}

function lineAbout(
  contact: string,
  action: LoggedAction,
  endpoint: string,
  { outcome, status, ms, reason }: EntryResult,
): string {
  const line = `${endpoint} ${action} ${contact} ${outcome} HTTP ${status ?? "-"} ${ms ?? 0} ms`;
  return reason === undefined ? line : `${line} : ${reason}`;
}

/**
 * The lines of a run in the order of its entries. Adjacent entries that were not attempted for the same reason share
 * one line, so that a stopped run of thousands does not hide earlier results.
 */
export function linesOf(
  action: LoggedAction,
  endpoint: string,
  results: readonly EntryResult[],
): { readonly level: Level; readonly line: string }[] {
  return foldedResults(results).map(({ first, last, count }) => ({
    level: levelOf(first),
    line:
      count === 1
        ? lineOf(action, endpoint, first)
        : lineAbout(`#${first.id ?? "-"}…#${last.id ?? "-"} (${count})`, action, endpoint, first),
  }));
}

/** Groups adjacent results that were not attempted for the same reason. Every other result is a group of its own. */
export function foldedResults<T extends Pick<EntryResult, "outcome" | "reason">>(
  results: readonly T[],
): { readonly first: T; readonly last: T; readonly count: number }[] {
  const runs: { first: T; last: T; count: number }[] = [];
  for (const result of results) {
    const run = runs.at(-1);
    const { outcome, reason } = result;
    const joins = outcome === "notAttempted" && run?.first.outcome === outcome && run.first.reason === reason;
    if (joins) {
      run.last = result;
      run.count++;
    } else runs.push({ first: result, last: result, count: 1 });
  }
  return runs;
}

/** A parsed result line. */
export interface LoggedResult {
  /** The line number in the text, counted from 1. */
  readonly line: number;
  /** The offset of `#40101` in the text. */
  readonly start: number;
  readonly length: number;
  /** True for a complete line of the log, false for a part that was copied. */
  readonly isWhole: boolean;
  /** Undefined if the copied part does not include it. */
  readonly endpoint: string | undefined;
  readonly action: LoggedAction;
  readonly id: number;
  readonly outcome: Outcome;
  /** The new ID of a restored contact. */
  readonly newId: number | undefined;
}

/**
 * Finds the result lines in a text copied from the log, or in the log itself, where each line starts with time and
 * level. Only the first match in a line counts: the text after it may come from the server and imitate a result.
 */
export function resultsInLog(text: string): LoggedResult[] {
  const actions = loggedActions().join("|");
  const pattern = new RegExp(
    `^(?<stamp>\\S+ \\S+ \\[\\w+\\] )?(?<before>(?:(?<endpoint>.{1,40}?) )?\\b(?<action>${actions}) )` +
      `(?<name>#(?<id>[1-9]\\d*)) (?<outcome>${outcomes.join("|")}) HTTP (?:\\d{3}|-) (?<rest>.*)$`,
  );
  let start = 0;
  return text.split("\n").flatMap((whole, index) => {
    const groups = pattern.exec(whole.replace(/\r$/, ""))?.groups;
    const lineStart = start;
    start += whole.length + 1;
    const found = groups && resultOf(groups);
    if (found === undefined) return [];
    const { stamp = "", before = "", name = "" } = groups ?? {};
    return [
      { ...found, line: index + 1, start: lineStart + stamp.length + before.length, length: name.length },
    ];
  });
}

function resultOf(
  groups: Readonly<Record<string, string | undefined>>,
): Omit<LoggedResult, "line" | "start" | "length"> | undefined {
  const { stamp, endpoint, rest = "" } = groups;
  const id = contactIdOf(groups.id);
  const action = loggedActions().find((one) => one === groups.action);
  const outcome = outcomes.find((one) => one === groups.outcome);
  if (id === undefined || action === undefined || outcome === undefined) return undefined;
  const isRestored = action === "restore" && outcome === "done";
  const newId = isRestored ? contactIdOf(/#(\d+)/.exec(rest)?.[1]) : undefined;
  const isWhole =
    /\[(info|warning|error)\] $/.test(stamp ?? "") && endpoint !== undefined && /^\d+ ms(?: : |$)/.test(rest);
  return { isWhole, endpoint, action, id, outcome, newId };
}

function loggedActions(): LoggedAction[] {
  return [...Object.values(contactActions).map(({ change }) => change), "import", "restore"];
}
