import { type Contact, identityDigest } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { JournalUnavailable } from "../../../dialler/journal/journalFailure";
import type { RunRecorder } from "../../../dialler/journal/runRecorder";
import { type EntryBefore, entryBefore, type PlannedKey } from "../../../dialler/runs/plan";
import type { RecordedAction } from "../../../dialler/runs/recordedAction";
import * as l10n from "../../../l10n";
import type { ActingParts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** A planned item, or one that had a result before anything was sent. */
interface Item {
  readonly id: number | undefined;
  readonly userData?: string | undefined;
  readonly shown?: Contact | undefined;
}

/** Starts the record of a run; with `journaled` it is on disk. @throws Refusal when the journal cannot be written: no journal, no delete */
export async function recordRun(
  { history, store }: Pick<ActingParts, "history" | "store">,
  connection: Connection,
  action: RecordedAction,
  items: readonly Item[],
  { journaled, undoes }: { readonly journaled: boolean; readonly undoes?: string | undefined },
): Promise<RunRecorder> {
  const { endpoint, baseUrl } = connection;
  const plan = {
    ...{ action, endpoint: endpoint.name, baseUrl, demo: endpoint.kind === "demo", items: items.map(keyOf) },
    ...(undoes === undefined ? {} : { undoes }),
  };
  const entries = items.map((item) => before(store, connection, item));
  try {
    return await history.begin(plan, journaled, new Date(), { entries });
  } catch (error) {
    if (!(error instanceof JournalUnavailable)) throw error;
    throw new Refusal(l10n.t("{reason} Nothing was sent.", { reason: error.message }), "showLog");
  }
}

/** Ends the record of a run; a failure is logged and does not affect the report. */
export async function endRun(
  { channel }: Pick<ActingParts, "channel">,
  recorder: RunRecorder,
): Promise<void> {
  try {
    await recorder.end();
  } catch (error) {
    if (!(error instanceof JournalUnavailable)) throw error;
    channel.say("error", error.message);
  }
}

/** A contact that was given by its ID alone may be listed. */
function before(store: ActingParts["store"], connection: Connection, { id, shown }: Item): EntryBefore {
  if (shown !== undefined || id === undefined) return entryBefore(shown);
  const row = store.rowById(id);
  return entryBefore(row?.connection === connection ? store.contact(row) : undefined);
}

function keyOf({ id, userData, shown }: Item): PlannedKey {
  return {
    ...(id === undefined ? {} : { id }),
    ...(userData === undefined ? {} : { userData }),
    ...(shown === undefined ? {} : { identity: identityDigest(shown) }),
  };
}
