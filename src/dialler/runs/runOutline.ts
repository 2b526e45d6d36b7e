import { type Outcome, outcomes } from "./actionReport";
import { isLive, type RunRemedies, remediesOf } from "./runRemedies";
import { type RestoreOutcome, resultsOf, type RunStory, type StoryItem } from "./runStory";

/** How an item stands. Of a run under way, what is not settled is no outcome yet. */
export type ItemStanding = Outcome | "underWay" | "waiting";

/** How a run stands as a whole; the first that holds. `problem`: something failed or is in doubt. */
export type RunStanding =
  "running" | "elsewhere" | "interrupted" | "undone" | "problem" | "incomplete" | "done";

/** A story, counted and put into the order in which it is shown. */
export interface RunOutline {
  readonly standing: RunStanding;
  /** By place in the plan. */
  readonly standings: readonly ItemStanding[];
  readonly counts: Readonly<Record<ItemStanding, number>>;
  readonly restored: Readonly<Record<RestoreOutcome, number>>;
  /** How many items a run under way has behind it. */
  readonly settled: number;
  /** Places in the plan, problems first. */
  readonly order: readonly number[];
  readonly remedies: RunRemedies;
  /** Places in the plan of the contacts that can be made again. */
  readonly restorable: ReadonlySet<number>;
}

const shownOrder: readonly ItemStanding[] = [
  "failed",
  "unknown",
  "skipped",
  "notFound",
  "underWay",
  "notAttempted",
  "waiting",
  "gone",
  "done",
];

const known = new WeakMap<RunStory, RunOutline>();

/** Made once for each story. */
export function outlineOf(story: RunStory): RunOutline {
  let outline = known.get(story);
  if (outline === undefined) known.set(story, (outline = newOutline(story)));
  return outline;
}

function newOutline(story: RunStory): RunOutline {
  const standings = standingsOf(story);
  const counts = countsOf(standings);
  const remedies = remediesOf(story);
  return {
    standing: runStanding(story, counts),
    standings,
    counts,
    restored: restoredCounts(story),
    settled: standings.length - counts.underWay - counts.waiting - counts.notAttempted,
    order: shownOrder.flatMap((wanted) =>
      standings.flatMap((standing, index) => (standing === wanted ? [index] : [])),
    ),
    remedies,
    restorable: new Set(remedies.restore),
  };
}

function standingsOf(story: RunStory): ItemStanding[] {
  if (!isLive(story)) return resultsOf(story).map(({ outcome }) => outcome);
  return story.items.map(({ pending, fate }: StoryItem): ItemStanding =>
    pending ? "underWay" : (fate?.outcome ?? "waiting"),
  );
}

export function countsOf(standings: readonly ItemStanding[]): Record<ItemStanding, number> {
  const counts = {
    ...{ done: 0, gone: 0, notFound: 0, failed: 0, unknown: 0, skipped: 0, notAttempted: 0 },
    ...{ underWay: 0, waiting: 0 },
  };
  for (const standing of standings) counts[standing]++;
  return counts;
}

/** While a contact is being made again, how that ends is not known and not in doubt either. */
function restoredCounts(story: RunStory): Record<RestoreOutcome, number> {
  const counts = { done: 0, skipped: 0, failed: 0, unknown: 0 };
  for (const { restored } of story.items) if (restored !== undefined) counts[restored.outcome]++;
  return isLive(story) ? { ...counts, unknown: 0 } : counts;
}

function runStanding(story: RunStory, counts: Record<ItemStanding, number>): RunStanding {
  if (story.state !== "ended") return story.state;
  if (story.undone) return "undone";
  if (counts.failed + counts.unknown > 0) return "problem";
  return outcomes.some((outcome) => outcome !== "done" && outcome !== "gone" && counts[outcome] > 0)
    ? "incomplete"
    : "done";
}
