import { checkedUserData } from "../api/key";
import { type ActionReport, type ItemResult, reportOf } from "../contacts/actionReport";
import { placeOf, redacted, refuseReadOnly, tellReport } from "./actOnContacts";
import { connectionNow } from "./connectionNow";
import type { Parts } from "./parts";

/**
 * The server's own by-UserData endpoint, for servers without a usable look-up. It changes an arbitrary one of the
 * matches: the person is told so, and the request is never repeated.
 */
export async function actByUserDataDirectly(parts: Parts): Promise<ActionReport | undefined> {
  const connection = await connectionNow(parts);
  const { endpoint, client } = connection;
  refuseReadOnly(connection);
  const place = placeOf(parts, connection);
  const change = await parts.ask.directAction(place);
  if (change === undefined) return undefined;
  const userData = await parts.ask.userData();
  if (userData === undefined) return undefined;
  checkedUserData(userData);
  if (!(await parts.ask.actDirectly(change, userData, place))) return undefined;
  const { outcome, status, ms, reason } = await client.change(change, { userData });
  const result: ItemResult = redacted(parts, { id: undefined, userData, outcome, status, ms, reason });
  const report = reportOf(change, endpoint.name, [result]);
  tellReport(parts, report, [result]);
  // Which contact it was is not known, so the list is asked for again; a list that nobody has opened is not.
  if (parts.store.state.kind !== "opened") await parts.store.refresh();
  return report;
}
