import { outlineOf } from "./runOutline";
import type { RunStory } from "./runStory";

/** The ID under which the contact of an item may be found by now: the new one of a restored contact, none of a deleted one. */
export function contactNow(story: RunStory, place: number): number | undefined {
  const item = story.items[place];
  if (item?.restored?.outcome === "done") return item.restored.newId;
  const standing = outlineOf(story).standings[place];
  const isGone = story.plan.action === "delete" && (standing === "done" || standing === "gone");
  return isGone || standing === "notFound" ? undefined : item?.id;
}
