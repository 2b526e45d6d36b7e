import { isSameOwner, type RunOwner, type RunPlan } from "../runs/plan";

/** Where a later action on a run would go. */
export interface Destination {
  /** Canonical. */
  readonly baseUrl: string;
  readonly demo: boolean;
  /** This session. */
  readonly owner: RunOwner;
}

/**
 * Whether a destination is the very server that a run was on. A name may mean another server by now, so the base URL
 * decides; a demo dialler is another one in every session, whatever its address.
 */
export function serverOf(plan: RunPlan, to: Destination): "same" | "other" | "earlierDemo" {
  if (plan.demo && !isSameOwner(plan.owner, to.owner)) return "earlierDemo";
  return plan.demo === to.demo && plan.baseUrl === to.baseUrl ? "same" : "other";
}
