import { checkedUserData } from "../api/key";
import { type ActionReport, type ItemResult, reportOf } from "../contacts/actionReport";
import * as l10n from "../l10n";
import { plainText } from "../view/plainText";
import { placeOf, tellReport } from "./actOnContacts";
import { connectionNow } from "./connectionNow";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/**
 * The server's own by-UserData endpoint, for servers without a usable look-up. It changes an arbitrary one of the
 * matches: the person is told so, and the request is never repeated.
 */
export async function actByUserDataDirectly(parts: Parts): Promise<ActionReport | undefined> {
  const connection = await connectionNow(parts);
  const { endpoint, client } = connection;
  if (endpoint.readOnly) {
    const values = { endpoint: plainText(endpoint.name, 40) };
    throw new Refusal(
      l10n.t("The endpoint {endpoint} is read-only. Nothing was sent.", values),
      "openSettings",
    );
  }
  const place = placeOf(parts, connection);
  const change = await parts.ask.directAction(place);
  if (change === undefined) return undefined;
  const userData = await parts.ask.userData();
  if (userData === undefined) return undefined;
  checkedUserData(userData);
  if (!(await parts.ask.actDirectly(change, userData, place))) return undefined;
  const { outcome, status, ms, reason } = await client.change(change, { userData });
  const result: ItemResult = { id: undefined, userData, outcome, status, ms, reason };
  const report = reportOf(change, endpoint.name, [result]);
  tellReport(parts, report, [result]);
  // Which contact it was is not known, so the list is asked for again.
  await parts.store.refresh();
  return report;
}
