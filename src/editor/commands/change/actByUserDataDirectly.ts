import { checkedUserData } from "../../../dialler/api/record/key";
import { type ActionReport, reportOf } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import { type EntryResult, outcomeDetails } from "../../../dialler/runs/outcome";
import * as l10n from "../../../l10n";
import { settings } from "../../../manifest";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { redacted } from "../call/redacted";
import { Refusal, refuseReadOnly } from "../call/refusal";
import { endRun, recordRun } from "./recordRun";
import { reportRun } from "./reportRun";

/**
 * The server's own by-UserData call, for servers without a usable look-up. It changes an arbitrary match: the question
 * says so, and the request is never repeated. Which record a delete removes cannot be known, so the journal holds none.
 */
export async function actByUserDataDirectly(parts: Parts): Promise<ActionReport | undefined> {
  if (!parts.preferences.now.directUserData) {
    throw new Refusal(
      l10n.t(
        "Acting by UserData directly is turned off, because it changes an arbitrary match. Turn on the setting {setting} to use it.",
        { setting: settings.directUserData },
      ),
      "openSettings",
    );
  }
  const connection = await activeConnection(parts);
  const { endpoint, client } = connection;
  refuseReadOnly(connection);
  const place = placeOf(parts, connection);
  const change = await parts.ask.directAction(place);
  if (change === undefined) return undefined;
  const userData = await parts.ask.userData(contactActions[change].button(1), place);
  if (userData === undefined) return undefined;
  checkedUserData(userData);
  if (!(await parts.ask.actDirectly(change, userData, place))) return undefined;
  const item = { id: undefined, userData };
  const journaled = contactActions[change].keepsRecord;
  const recorder = await recordRun(parts, connection, change, [item], { journaled });
  try {
    await recorder.intent(0);
    const { outcome, status, ms, reason } = await client.change(change, { userData });
    const result: EntryResult = redacted(parts, { ...item, outcome, status, ms, reason });
    const report = reportOf(change, endpoint.name, [result]);
    recorder.outcome(0, outcomeDetails(result));
    reportRun(parts, report, [result]);
    // Which contact was changed is not known, so the list is read again, unless it was never opened.
    if (parts.store.state.kind !== "opened") await parts.store.refresh();
    return report;
  } finally {
    await endRun(parts, recorder);
  }
}
