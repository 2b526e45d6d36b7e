import { contactActions } from "./contactAction";
import { outlineOf } from "./runOutline";
import type { RunSnapshot } from "./runSnapshot";

/** The ID under which the contact of an item may be found by now: the new one of a restored contact, none of a deleted one. */
export function presentId(snapshot: RunSnapshot, place: number): number | undefined {
  const item = snapshot.items[place];
  if (item?.restored?.outcome === "done") return item.restored.newId;
  const state = outlineOf(snapshot).states[place];
  const isGone =
    contactActions[snapshot.plan.action].effect === "removes" && (state === "done" || state === "gone");
  return isGone || state === "notFound" ? undefined : item?.id;
}
