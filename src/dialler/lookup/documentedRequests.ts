import { changeCalls, type DescribedRequest, describedRequest, readCalls } from "../api/calls";
import type { Change } from "../api/changeRules";

// Requests as the API documents them, for a server without a connection.

/** The request that reads one contact. @throws InvalidKey */
export function documentedRead(baseUrl: string, id: number): DescribedRequest {
  return describedRequest(baseUrl, readCalls(id)[0]);
}

/** The request that changes one contact by ID. @throws InvalidKey */
export function documentedChange(baseUrl: string, change: Change, id: number): DescribedRequest {
  return describedRequest(baseUrl, changeCalls(change, { id })[0]);
}
