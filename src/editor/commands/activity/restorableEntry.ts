import type { RunsKept } from "../../../dialler/journal/runsKept";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import type { DocumentKey } from "../../view/document/documentKey";

/** The entry of the run that deleted the contact; undefined if the contact cannot be re-created from it. */
export async function restorableEntry(
  history: Pick<RunsKept, "list">,
  { baseUrl, id }: DocumentKey,
): Promise<{ readonly run: string; readonly item: number } | undefined> {
  for (const snapshot of await history.list()) {
    if (snapshot.plan.baseUrl !== baseUrl) continue;
    const item = remediesOf(snapshot).restore.find((place) => snapshot.items[place]?.id === id);
    if (item !== undefined) return { run: snapshot.plan.run, item };
  }
  return undefined;
}
