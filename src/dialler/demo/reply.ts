import type { WireRecord } from "../api/record/wire";

/** The server's answer to one call. The `reply…` functions use the envelopes of the API. */
export type Reply =
  | ({ readonly kind: "json"; readonly body: WireRecord } & Head)
  | { readonly kind: "list"; readonly records: Iterable<WireRecord> }
  | ({ readonly kind: "empty" } & Head);

interface Head {
  readonly status: number;
  /** In addition to those that describe the body. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Delete, lock and unlock: the answer does not contain the new state. */
export const done: Reply = { kind: "json", status: 200, body: { status: 200 } };

/** The path does not exist: a 404 without a body, unlike that of a missing object. */
export const noSuchPath: Reply = { kind: "empty", status: 404 };

export const noSuchContact: Reply = replyError(404, "Dialler contact not found");
export const noSuchCampaign: Reply = replyError(404, "Dialler campaign not found");

export function replyRecords(records: readonly WireRecord[]): Reply {
  return { kind: "json", status: 200, body: { records, count: records.length, status: 200 } };
}

export function replyError(status: number, error: string): Reply {
  return { kind: "json", status, body: { status, error } };
}
