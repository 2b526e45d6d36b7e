import type { WireRecord } from "../../src/dialler/api/record/wire";
import type { RunSnapshot } from "../../src/dialler/runs/runSnapshot";

/** What is known of a contact on a server. `locked` undefined: unknown. */
export interface Known {
  readonly locked: boolean | undefined;
  readonly userData: unknown;
}

export type Contacts = ReadonlyMap<number, Known>;

/** A run with the records that its journal keeps, by item. */
export interface Told {
  readonly snapshot: RunSnapshot;
  readonly records: ReadonlyMap<number, WireRecord>;
}

/** What the server must hold after these runs, oldest first, if it held `before` when they began. */
export function accountOf(before: Contacts, runs: readonly Told[]): Contacts {
  const contacts = new Map(before);
  for (const { snapshot, records } of runs) {
    for (const [item, { id = 0, result: result, restored }] of snapshot.items.entries()) {
      const outcome = result?.outcome;
      if (outcome === "gone" || outcome === "notFound") contacts.delete(id);
      if (outcome === "done") settle(contacts, id, snapshot.plan.action);
      const record = records.get(item);
      if (restored?.outcome === "done" && restored.newId !== undefined && record !== undefined) {
        contacts.set(restored.newId, made(record, restored.reason));
      }
    }
  }
  return contacts;
}

function settle(contacts: Map<number, Known>, id: number, action: RunSnapshot["plan"]["action"]): void {
  const known = contacts.get(id);
  if (action === "delete") contacts.delete(id);
  else if (known !== undefined) contacts.set(id, { ...known, locked: action === "lock" });
}

function made(record: WireRecord, reason = ""): Known {
  const locked =
    record.bLocked === true && reason.includes("could not be locked again") ? undefined : record.bLocked;
  return { locked: locked === undefined ? undefined : locked === true, userData: record.UserData };
}

/** UserData of contacts for which it is unknown whether they were re-created. */
export function perhapsMade(runs: readonly Told[]): unknown[] {
  return runs.flatMap(({ snapshot, records }) =>
    snapshot.items.flatMap(({ restored }, item) =>
      restored?.outcome === "unknown" ? [records.get(item)?.UserData] : [],
    ),
  );
}

/** Where the server is not as the account says; a sentence each. `perhaps`: contacts that may be there as well. */
export function differencesOf(account: Contacts, server: Contacts, perhaps: readonly unknown[]): string[] {
  const differences: string[] = [];
  const left = [...perhaps];
  for (const [id, { locked }] of account) {
    const there = server.get(id);
    if (there === undefined) differences.push(`#${id} is not on the server`);
    else if (locked !== undefined && locked !== there.locked)
      differences.push(`#${id} is ${there.locked === true ? "" : "not "}locked`);
  }
  for (const [id, { userData }] of server) {
    if (account.has(id)) continue;
    const place = left.indexOf(userData);
    if (place < 0) differences.push(`#${id} is on the server, but no run created it`);
    else left.splice(place, 1);
  }
  return differences;
}
