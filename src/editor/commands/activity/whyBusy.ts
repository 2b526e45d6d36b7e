import { busySentence } from "../../../dialler/journal/journalFailure";
import { isLive } from "../../../dialler/runs/runRemedies";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";

/** Why nothing can be done about a run that is in progress, and where it is; undefined if it is not. */
export function whyBusy(snapshot: RunSnapshot): string | undefined {
  if (!isLive(snapshot)) return undefined;
  return busySentence(snapshot.state === "otherMachine" ? { host: snapshot.owner.host } : undefined);
}
