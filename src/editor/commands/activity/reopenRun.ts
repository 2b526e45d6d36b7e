import type { Connection } from "../../../dialler/endpoint/connect";
import { JournalUnavailable, NoSuchRun, RunBusy } from "../../../dialler/journal/journalFailure";
import type { RunRecorder } from "../../../dialler/journal/runRecorder";
import { serverOf } from "../../../dialler/journal/runServer";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { Refusal, refuseReadOnly } from "../call/refusal";
import { endRun } from "../change/recordRun";

/** A run that was reopened, with a connection to exactly the server it was on. */
export interface ReopenedRun {
  readonly connection: Connection;
  readonly recorder: RunRecorder;
}

/**
 * Reopens a run while `work` runs; no other window can reopen it meanwhile. @throws Refusal when the run is in use, no
 * longer kept, or its journal cannot be written
 */
export async function withReopenedRun<T>(
  parts: Parts,
  run: string,
  connection: Connection,
  work: (reopened: ReopenedRun) => Promise<T>,
): Promise<T> {
  const recorder = await reopen(parts, run);
  try {
    return await work({ connection, recorder });
  } finally {
    await endRun(parts, recorder);
  }
}

async function reopen({ history }: Parts, run: string): Promise<RunRecorder> {
  try {
    return await history.reopen(run);
  } catch (error) {
    const expected =
      error instanceof RunBusy || error instanceof NoSuchRun || error instanceof JournalUnavailable;
    if (!expected) throw error;
    throw new Refusal(l10n.t("{reason} Nothing was sent.", { reason: error.message }));
  }
}

/** The connection to the very server that a run was on. @throws Refusal when the active endpoint is another one */
export async function connectionOfRun(parts: Parts, { plan }: RunSnapshot): Promise<Connection> {
  const connection = await activeConnection(parts);
  const { baseUrl, endpoint } = connection;
  switch (serverOf(plan, { baseUrl, demo: endpoint.kind === "demo", owner: parts.history.owner })) {
    case "earlierDemo":
      throw new Refusal(
        l10n.t(
          "This run was on the demo dialler of an earlier session, which no longer exists. The run can only be viewed.",
        ),
      );
    case "other":
      throw new Refusal(
        l10n.t("This run was on {endpoint} ({url}); the active endpoint is {active}. Nothing was sent.", {
          endpoint: plainText(plan.endpoint, 40),
          url: plainText(plan.baseUrl, 200),
          active: plainText(endpoint.name, 40),
        }),
        "switchEndpoint",
      );
    case "same":
      return connection;
  }
}

/** The same for commands that change contacts. @throws Refusal on a read-only endpoint, too */
export async function changingConnectionOfRun(parts: Parts, snapshot: RunSnapshot): Promise<Connection> {
  const connection = await connectionOfRun(parts, snapshot);
  refuseReadOnly(connection);
  return connection;
}
