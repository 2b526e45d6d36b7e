import { isSameOwner, type RunOwner, type RunPlan } from "../runs/plan";

/** The server that a later action on a run would be sent to. */
export interface Destination {
  /** Canonical. */
  readonly baseUrl: string;
  readonly demo: boolean;
  /** This session. */
  readonly owner: RunOwner;
}

/**
 * Whether a destination is the server that a run was on. The base URL decides, because a name may belong to another
 * server by now. A demo dialler is a different server in each session, whatever its address.
 */
export function serverOf(plan: RunPlan, to: Destination): "same" | "other" | "earlierDemo" {
  if (plan.demo && !isSameOwner(plan.owner, to.owner)) return "earlierDemo";
  return plan.demo === to.demo && plan.baseUrl === to.baseUrl ? "same" : "other";
}
