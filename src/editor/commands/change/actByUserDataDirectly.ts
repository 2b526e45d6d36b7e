import { ApiError } from "../../../dialler/api/http/apiError";
import { checkedUserData } from "../../../dialler/api/record/key";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveUserData } from "../../../dialler/lookup/resolveContacts";
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
 * says so and how many matches there are, and this extension never repeats the request. Which record a delete removes cannot be known, so the journal holds none.
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
  const before = await matchesOf(parts, connection, userData);
  if (!(await parts.ask.actDirectly(change, userData, place, before))) return undefined;
  const item = { id: undefined, userData };
  const journaled = contactActions[change].keepsRecord;
  const recorder = await recordRun(parts, connection, change, [item], { journaled });
  try {
    await recorder.intent(0);
    const { outcome, status, ms, reason, warns, error } = await client.change(change, { userData });
    const removes = contactActions[change].effect === "removes";
    const left = before === undefined || !removes ? undefined : await matchesOf(parts, connection, userData);
    const said = [reason, left === undefined ? undefined : leftText(before ?? 0, left)];
    const whole = said.filter((text) => text !== undefined).join(" ");
    const result: EntryResult = redacted(parts, {
      ...{ ...item, outcome, status, ms, warns, next: error?.next },
      ...(whole === "" ? {} : { reason: whole }),
    });
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

/** How many contacts have the UserData; undefined if the server cannot tell without its whole list. */
async function matchesOf(
  { preferences }: Parts,
  { client }: Connection,
  userData: string,
): Promise<number | undefined> {
  try {
    const found = await resolveUserData(client, userData, {
      lockField: preferences.now.lockField,
      mayReadWholeList: () => Promise.resolve(false),
      reading: { fresh: true },
    });
    return found.kind === "found" ? found.exact.length : undefined;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function leftText(before: number, left: number): string {
  return l10n.t("Contacts with this UserData before: {before}, now: {left}.", {
    before: l10n.number(before),
    left: l10n.number(left),
  });
}
