import type { WireRecord } from "../api/record/wire";
import { inDatabaseOrder, type DemoTable } from "./demoTable";
import { callHistory } from "./demoCalls";
import { resultCodeRecord } from "./demoCampaigns";
import { replyError, replyRecords, type Reply } from "./reply";

/** Reads contacts by ID and by UserData, with result code and history. Unknown keys are left out of the answer. */
export function batchRead(table: DemoTable, body: unknown, languagesId: number): Reply {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return replyError(400, "The body must be an object");
  }
  const given = new Map<string, unknown>(Object.entries(body));
  const keys = given.get("UserDataList") ?? null;
  const ids = given.get("IDList") ?? null;
  if (keys === null && ids === null) return replyError(400, "UserDataList or IDList is missing");
  if (keys !== null && !isListOf(keys, isText))
    return replyError(400, "UserDataList must be a list of texts");
  if (ids !== null && !isListOf(ids, isWhole)) return replyError(400, "IDList must be a list of integers");

  const found = new Set([...(ids ?? []), ...(keys === null ? [] : table.withUserData(new Set(keys)))]);
  const records = inDatabaseOrder([...found]).flatMap((id) => {
    const record = table.read(id);
    return record === undefined ? [] : [withResult(record, languagesId)];
  });
  return replyRecords(records);
}

function withResult(record: WireRecord, languagesId: number): WireRecord {
  return {
    ...record,
    DiallerCampaignsResultCodes: resultCodeRecord(record.DiallerCampaignsResultCodesID, languagesId),
    DiallerContactsHistory: callHistory(record, languagesId),
  };
}

function isListOf<T>(value: unknown, is: (element: unknown) => element is T): value is readonly T[] {
  return Array.isArray(value) && value.every((element) => is(element));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
