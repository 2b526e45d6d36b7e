import type { Change } from "../../../src/dialler/api/changeRules";
import type { Outcome } from "../../../src/dialler/runs/outcome";
import type { RunPlan } from "../../../src/dialler/runs/plan";
import type { RunEntry, RunSnapshot, RunState } from "../../../src/dialler/runs/runSnapshot";

/** What a test wants to be different from a run that has ended and is on disk. */
export interface RunWishes {
  readonly run?: string;
  readonly action?: Change;
  readonly state?: RunState;
  readonly undone?: boolean;
  readonly journaled?: boolean;
  readonly plan?: Partial<RunPlan>;
}

/** A run with these items; IDs count up from 40101, and of a delete every record is kept. */
export function runOf(items: readonly Partial<RunEntry>[], wishes: RunWishes = {}): RunSnapshot {
  const { run = "20260728-140500-1", action = "delete", state = "ended" } = wishes;
  const { undone = false, journaled = true } = wishes;
  const owner = { pid: 1, startedAt: 1 };
  const whole = items.map((item, index): RunEntry => ({
    ...{ id: 40101 + index, result: undefined, pending: false, restored: undefined },
    recorded: action === "delete",
    ...item,
  }));
  const plan: RunPlan = {
    ...{ run, action, owner, endpoint: "production", baseUrl: "https://dialler.example.com/rest/v1.0/7/" },
    ...{ demo: false, startedAt: "2026-07-28T14:05:00.000Z", items: whole },
    ...wishes.plan,
  };
  return { plan, owner, state, undone, journaled, items: whole };
}

/** Items that ended so, one for each outcome named. */
export function ended(...outcomes: readonly Outcome[]): Partial<RunEntry>[] {
  return outcomes.map((outcome) => ({ result: { outcome } }));
}
