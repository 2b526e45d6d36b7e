import type { Target } from "./change";
import { type Change, changeRules } from "./changeRules";
import type { Call } from "./http/exchange";
import { urlBelow } from "./http/url";
import { checkedId, checkedUserData } from "./record/key";
import type { WireRecord } from "./record/wire";

/** A call of the dialler's API, before deadlines and cancelling are added. */
export type ApiCall = Pick<Call, "method" | "path" | "query" | "body">;

/** A request as it would be sent, without the token. */
export interface DescribedRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

export function describedRequest(
  baseUrl: string,
  { method, path, query = {}, body }: ApiCall,
): DescribedRequest {
  return { method, url: urlBelow(baseUrl, path, query), body };
}

const contactPath = ["dialler", "contacts", "contact"];

/** The keys of a batch read. */
export interface BatchKeys {
  readonly ids?: readonly number[];
  readonly userData?: readonly string[];
}

/** The calls that read one contact, the documented one first. Some servers know only the second. @throws InvalidKey */
export function readCalls(id: number): readonly [ApiCall, ApiCall] {
  const checked = checkedId(id);
  return [
    { method: "GET", path: ["dialler", "contacts", checked] },
    { method: "GET", path: [...contactPath, checked] },
  ];
}

/** @throws InvalidKey */
export function campaignCall(id: number): ApiCall {
  return { method: "GET", path: ["dialler", "campaigns", checkedId(id)] };
}

/** Searches by UserData on the path of a single contact. @throws InvalidKey */
export function userDataCall(userData: string): ApiCall {
  return { method: "GET", path: contactPath, query: { userData: checkedUserData(userData) } };
}

/** @throws InvalidKey */
export function batchCall({ ids = [], userData = [] }: BatchKeys, languageId: number): ApiCall {
  const body = { UserDataList: userData.map(checkedUserData), IDList: ids.map(checkedId) };
  return { method: "POST", path: ["dialler", "contacts"], query: { languagesID: languageId }, body };
}

export function importCall(record: WireRecord, overwriteDuplicates: boolean): ApiCall {
  const path = ["dialler", "contacts", "import"];
  return { method: "POST", path, query: { overwriteDuplicates }, body: record };
}

/** The spellings of a change, the documented one first. @throws InvalidKey */
export function changeCalls(change: Change, target: Target): readonly [ApiCall, ...ApiCall[]] {
  const { method, lastPart, otherSpelling } = changeRules[change];
  const below = (last: string | undefined): readonly string[] => (last === undefined ? [] : [last]);
  if ("id" in target) return [{ method, path: [...contactPath, checkedId(target.id), ...below(lastPart)] }];
  const query = { userData: checkedUserData(target.userData) };
  const call = (last: string | undefined): ApiCall => ({
    method,
    path: [...contactPath, ...below(last)],
    query,
  });
  return otherSpelling === undefined ? [call(lastPart)] : [call(lastPart), call(otherSpelling)];
}

/** @throws InvalidKey */
export function campaignQuery(campaignId: number | undefined): Readonly<Record<string, number>> {
  return campaignId === undefined ? {} : { diallerCampaignsID: checkedId(campaignId) };
}
