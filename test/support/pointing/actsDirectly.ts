import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { json } from "../dialler/scriptedReply";
import { noSuchContact, type Script } from "../dialler/smallDialler";

/** Answers the calls that name a UserData instead of an ID, as the API says: for the first contact that has it. */
export function actsDirectly(contacts: Map<number, WireRecord>): Script {
  return ({ kind, query, request: { method, path } }, ordinary) => {
    if (kind !== "other") return ordinary();
    const found = [...contacts].find(([, { UserData }]) => UserData === query.get("userData"));
    if (found === undefined) return noSuchContact;
    const [id, record] = found;
    if (method === "DELETE") contacts.delete(id);
    else contacts.set(id, { ...record, bLocked: !path.includes("/unlock") });
    return json(200, { status: 200 });
  };
}
