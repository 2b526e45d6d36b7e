import { contactFromRecord } from "../../src/dialler/api/record/contact";
import { whyNotImportable } from "../../src/dialler/api/record/importable";
import type { WireRecord } from "../../src/dialler/api/record/wire";
import { startDemoServer } from "../../src/dialler/demo/demoServer";
import type { Mishap } from "../../src/dialler/demo/mishap";

/** Which call of the API a request is. */
export type Kind = "list" | "batch" | "read" | "look-up" | "delete" | "lock" | "unlock" | "import" | "other";

/** A request that reached the dialler. */
export interface Heard {
  readonly kind: Kind;
  /** Of the contact; 0 if the call names none. */
  readonly id: number;
  /** How many calls of this kind came for this contact, this one included. */
  readonly times: number;
}

/** What goes wrong in the dialler with a request, if anything. */
export type Trouble = (heard: Heard) => Mishap | undefined;

/** The dialler behind a proxy, which notes what reaches it. */
export interface WatchedDialler {
  readonly port: number;
  readonly token: string;
  readonly heard: readonly Heard[];
  trouble: Trouble | undefined;
  /** All contacts by ID, read past the proxy and without anything of the extension. */
  readonly contacts: () => Promise<ReadonlyMap<number, WireRecord>>;
  /** Resolves when everything has happened that was to take effect later. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The path below the server: the client number of the demo is 7. */
export const basePath = "/rest/v1.0/7/";

/** Marks requests of the lab itself. The dialler ignores it. */
const ownQuery = "?lab=own";

export async function startWatchedDialler(trouble: Trouble | undefined): Promise<WatchedDialler> {
  const heard: Heard[] = [];
  const counts = new Map<string, number>();
  let settledAt = 0;
  const server = await startDemoServer({
    contacts: 400,
    mishap: (request) => {
      if (request.path.endsWith(ownQuery)) return undefined;
      const { kind, id } = meantBy(request);
      const times = (counts.get(`${kind} ${id}`) ?? 0) + 1;
      counts.set(`${kind} ${id}`, times);
      heard.push({ kind, id, times });
      const mishap = dialler.trouble?.({ kind, id, times });
      settledAt = Math.max(settledAt, performance.now() + (mishap?.appliedAfterMs ?? 0));
      return mishap;
    },
  });
  const dialler: WatchedDialler = {
    port: Number(new URL(server.baseUrl).port),
    token: server.token,
    heard,
    trouble,
    contacts: async () => {
      const headers = { Authorization: `Bearer ${server.token}` };
      const response = await fetch(`${server.baseUrl}/dialler/contacts${ownQuery}`, { headers });
      const { records } = (await response.json()) as { readonly records: readonly WireRecord[] };
      return new Map(records.map((record) => [Number(record.ID), record]));
    },
    settled: async () => {
      // A little longer than the last of its timers.
      const ms = settledAt - performance.now() + 100;
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    },
    stop: server.stop,
  };
  return dialler;
}

function meantBy({ method, path }: { readonly method: string; readonly path: string }): Omit<Heard, "times"> {
  const [place = "", query = ""] = path.slice(`${basePath}dialler/`.length).split("?");
  const id = Number(/\/(\d+)(?:\/|$)/.exec(place)?.[1] ?? 0);
  const isLookUp = query.includes("userData=");
  const kinds: Readonly<Record<string, Kind>> = {
    "GET contacts": isLookUp ? "look-up" : "list",
    "GET contacts/contact": "look-up",
    "POST contacts": "batch",
    "POST contacts/import": "import",
    "GET contacts/#": "read",
    "DELETE contacts/contact/#": "delete",
    "PATCH contacts/contact/#/lock": "lock",
    "PATCH contacts/contact/#/unlock": "unlock",
  };
  return { kind: kinds[`${method} ${place.replace(/\d+/, "#")}`] ?? "other", id };
}

/** Contacts that can be deleted, re-created and told apart by their UserData, and are not locked. */
export function plainContacts(contacts: ReadonlyMap<number, WireRecord>): number[] {
  const holders = new Map<unknown, number>();
  for (const { UserData } of contacts.values()) holders.set(UserData, (holders.get(UserData) ?? 0) + 1);
  return [...contacts].flatMap(([id, record]) => {
    const isPlain =
      /^[\w-]+$/.test(String(record.UserData)) &&
      holders.get(record.UserData) === 1 &&
      record.bLocked === false &&
      whyNotImportable(contactFromRecord(record)) === undefined;
    return isPlain ? [id] : [];
  });
}
