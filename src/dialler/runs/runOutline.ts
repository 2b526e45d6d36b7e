import { type Outcome, outcomes, type RestoreOutcome } from "./outcome";
import { isLive, remediesOf, type RunRemedies } from "./runRemedies";
import { resultsOf } from "./runResults";
import type { RunEntry, RunSnapshot } from "./runSnapshot";

/** The state of an item. In a run in progress, unsettled items have no outcome yet. */
export type EntryState = Outcome | "underWay" | "settling" | "waiting";

/** The state of a whole run: the first that applies. `problem`: something failed or is in doubt. `warned`: all is
 * done, but not all as it should be. */
export type RunVerdict =
  | "running"
  | "elsewhere"
  | "otherMachine"
  | "interrupted"
  | "undone"
  | "problem"
  | "incomplete"
  | "warned"
  | "done";

/** A snapshot with counts, in display order. */
export interface RunOutline {
  readonly verdict: RunVerdict;
  /** By position in the plan. */
  readonly states: readonly EntryState[];
  readonly counts: Readonly<Record<EntryState, number>>;
  readonly restored: Readonly<Record<RestoreOutcome, number>>;
  /** Positions in the plan of the items that are done with a warning. */
  readonly warned: ReadonlySet<number>;
  /** The number of items that a run in progress has settled. */
  readonly settled: number;
  /** Positions in the plan, problems first. */
  readonly order: readonly number[];
  readonly remedies: RunRemedies;
  /** Positions in the plan of the contacts that can be re-created. */
  readonly restorable: ReadonlySet<number>;
}

const shownOrder: readonly EntryState[] = [
  "failed",
  "unknown",
  "skipped",
  "notFound",
  "settling",
  "underWay",
  "notAttempted",
  "waiting",
  "gone",
  "done",
];

const known = new WeakMap<RunSnapshot, RunOutline>();

/** Computed once per snapshot. */
export function outlineOf(snapshot: RunSnapshot): RunOutline {
  let outline = known.get(snapshot);
  if (outline === undefined) known.set(snapshot, (outline = newOutline(snapshot)));
  return outline;
}

function newOutline(snapshot: RunSnapshot): RunOutline {
  const states = statesOf(snapshot);
  const counts = stateCounts(states);
  const remedies = remediesOf(snapshot);
  const warned = new Set(snapshot.items.flatMap((item, index) => (isWarned(item) ? [index] : [])));
  return {
    verdict: runVerdict(snapshot, counts, warned.size > 0),
    states,
    counts,
    restored: restoredCounts(snapshot),
    warned,
    settled: states.length - counts.underWay - counts.settling - counts.waiting - counts.notAttempted,
    order: shownOrder.flatMap((wanted) => {
      const places = states.flatMap((state, index) => (state === wanted ? [index] : []));
      return [
        ...places.filter((place) => warned.has(place)),
        ...places.filter((place) => !warned.has(place)),
      ];
    }),
    remedies,
    restorable: new Set(remedies.restore),
  };
}

function statesOf(snapshot: RunSnapshot): EntryState[] {
  if (!isLive(snapshot)) return resultsOf(snapshot).map(({ outcome }) => outcome);
  return snapshot.items.map(({ pending, settling, result }: RunEntry): EntryState => {
    if (!pending) return result?.outcome ?? "waiting";
    return settling === true ? "settling" : "underWay";
  });
}

function isWarned({ result, restored }: RunEntry): boolean {
  return result?.warns === true || restored?.warns === true;
}

export function stateCounts(states: readonly EntryState[]): Record<EntryState, number> {
  const counts = {
    ...{ done: 0, gone: 0, notFound: 0, failed: 0, unknown: 0, skipped: 0, notAttempted: 0 },
    ...{ underWay: 0, settling: 0, waiting: 0 },
  };
  for (const state of states) counts[state]++;
  return counts;
}

/** While a contact is being re-created, its result is not known, but not in doubt either. */
function restoredCounts(snapshot: RunSnapshot): Record<RestoreOutcome, number> {
  const counts = { done: 0, skipped: 0, failed: 0, unknown: 0 };
  for (const { restored } of snapshot.items) if (restored !== undefined) counts[restored.outcome]++;
  return isLive(snapshot) ? { ...counts, unknown: 0 } : counts;
}

function runVerdict(snapshot: RunSnapshot, counts: Record<EntryState, number>, warned: boolean): RunVerdict {
  if (snapshot.state !== "ended") return snapshot.state;
  if (snapshot.undone) return "undone";
  if (counts.failed + counts.unknown > 0) return "problem";
  const { achieved, planned } = snapshot.total ?? { achieved: 0, planned: 0 };
  if (achieved < planned) return "incomplete";
  if (outcomes.some((outcome) => outcome !== "done" && outcome !== "gone" && counts[outcome] > 0))
    return "incomplete";
  return warned ? "warned" : "done";
}
