import { recordedAction } from "./recordedAction";
import { outlineOf } from "./runOutline";
import type { RunSnapshot } from "./runSnapshot";

/** The current ID of an item's contact: the new ID of a restored contact; undefined for a deleted one. */
export function presentId(snapshot: RunSnapshot, place: number): number | undefined {
  const item = snapshot.items[place];
  if (item?.restored?.outcome === "done") return item.restored.newId;
  const state = outlineOf(snapshot).states[place];
  const isGone =
    recordedAction(snapshot.plan.action).effect === "removes" && (state === "done" || state === "gone");
  return isGone || state === "notFound" ? undefined : item?.id;
}
