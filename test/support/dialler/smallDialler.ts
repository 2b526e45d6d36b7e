import { contactFromRecord } from "../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { Secrets } from "../../../src/dialler/api/secrets";
import { type Connection, Connector } from "../../../src/dialler/endpoint/connect";
import type { ServerEndpoint } from "../../../src/dialler/endpoint/endpoint";
import type { PlannedEntry } from "../../../src/dialler/runs/plan";
import * as reply from "./scriptedReply";
import type { ScriptedReply } from "./scriptedReply";
import {
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
  type TestCertificate,
} from "./scriptedServer";
import { token } from "./token";

export const noSuchContact = reply.json(404, { status: 404, error: "Dialler contact not found" });

/** Which call of the API a request is. */
export type Kind =
  "list" | "campaigns" | "batch" | "read" | "lookUp" | "delete" | "lock" | "unlock" | "import" | "other";

export interface Heard {
  readonly kind: Kind;
  /** Of the contact; 0 for a call that names none. */
  readonly id: number;
  readonly query: URLSearchParams;
  /** How many calls of this kind have come for this contact, this one included. */
  readonly times: number;
  readonly request: ScriptedRequest;
}

/** Answers a call, or leaves it to `ordinary`, which also does what was asked. */
export type Script = (heard: Heard, ordinary: () => ScriptedReply) => ScriptedReply | Promise<ScriptedReply>;

/** A server with a handful of contacts that does what the API says, unless a test's script says otherwise. */
export interface SmallDialler extends ScriptedServer {
  readonly contacts: Map<number, WireRecord>;
  readonly campaigns: WireRecord[];
  readonly heard: readonly Heard[];
  script: Script;
  readonly mostInFlight: () => number;
  /** The contacts that a call of this kind named, in the order in which the calls came. */
  readonly idsOf: (kind: Kind) => number[];
  readonly connect: (change?: Partial<ServerEndpoint>, limits?: Partial<SmallLimits>) => Promise<Connection>;
  /** The contacts as a preview shows them. */
  readonly plan: (ids: readonly number[]) => PlannedEntry[];
}

export interface SmallLimits {
  readonly requestSeconds: number;
  readonly listSeconds: number;
  readonly listMegabytes: number;
  readonly lockField: string;
}

export const byTheBook: Script = (_, ordinary) => ordinary();

/** `contacts`: what each contact holds beside an ID, a name and a number; or how many ordinary ones from ID 1 on. */
export async function startSmallDialler(
  contacts: number | readonly WireRecord[],
  script: Script = byTheBook,
  where: { readonly tls?: TestCertificate; readonly port?: number } = {},
): Promise<SmallDialler> {
  const given: readonly WireRecord[] =
    typeof contacts === "number" ? Array.from({ length: contacts }, (_, at) => ({ ID: at + 1 })) : contacts;
  const stored = new Map(given.map((record) => [Number(record.ID), contact(record)]));
  const campaigns: WireRecord[] = [
    { ID: 71, Name: "Spring" },
    { ID: 72, Name: "Survey" },
  ];
  const heard: Heard[] = [];
  const counts = new Map<string, number>();
  let inFlight = 0;
  let most = 0;

  const server = await startScriptedServer({
    ...where,
    handler: async (request) => {
      most = Math.max(most, ++inFlight);
      const { kind, id, query } = meantBy(request);
      const times = (counts.get(`${kind} ${id}`) ?? 0) + 1;
      counts.set(`${kind} ${id}`, times);
      const call = { kind, id, query, times, request };
      heard.push(call);
      const say = await dialler.script(call, () => ordinary(call, stored, campaigns));
      return async (socket, reader) => {
        // Before the last byte leaves: the client may send its next request at once.
        inFlight--;
        await say(socket, reader);
      };
    },
  });
  const dialler: SmallDialler = {
    ...server,
    contacts: stored,
    campaigns,
    heard,
    script,
    mostInFlight: () => most,
    idsOf: (kind) => heard.filter((call) => call.kind === kind).map(({ id }) => id),
    connect: (change = {}, limits = {}) =>
      connectorOf(limits).connect(
        {
          kind: "server",
          name: "test",
          baseUrl: server.baseUrl,
          environment: "test",
          readOnly: false,
          caFile: undefined,
          ...change,
        },
        token,
      ),
    plan: (ids) =>
      ids.map((id) => {
        const record = stored.get(id);
        return { id, ...(record === undefined ? {} : { shown: contactFromRecord(record) }) };
      }),
  };
  return dialler;
}

export function connectorOf(
  limits: Partial<SmallLimits> = {},
  warn: (sentence: string) => void = () => undefined,
): Connector {
  return new Connector({
    secrets: new Secrets(),
    log: { debug: () => undefined, trace: () => undefined },
    limits: () => ({ requestSeconds: 10, listSeconds: 20, listMegabytes: 64, lockField: "", ...limits }),
    warn,
  });
}

/** A record as the server holds it. */
export function contact(record: WireRecord): WireRecord {
  const id = Number(record.ID);
  return {
    DiallerCampaignsID: 71,
    UserData: `CRM-${id}`,
    Name: `Name ${id}`,
    PhoneNumber1: `4943155501${id}`,
    bLocked: false,
    ...record,
  };
}

export function list(records: readonly WireRecord[], count = records.length): ScriptedReply {
  return reply.json(200, { filter: "", limitStart: 0, limitPageSize: -1, records, count, status: 200 });
}

const done = reply.json(200, { status: 200 });

function meantBy({ method, path }: ScriptedRequest): Pick<Heard, "kind" | "id" | "query"> {
  const url = new URL(path, "http://127.0.0.1");
  const below = url.pathname.replace(/^\/rest\/v1\.0\/7\/dialler\//, "");
  const query = url.searchParams;
  const id = Number(/\/(\d+)(\/|$)/.exec(below)?.[1] ?? 0);
  const shape = `${method} ${below.replace(/\d+/, "#")}`;
  const kinds: Readonly<Record<string, Kind>> = {
    "GET contacts": "list",
    "GET campaigns": "campaigns",
    "POST contacts": "batch",
    "POST contacts/import": "import",
    "GET contacts/#": "read",
    "GET contacts/contact": "lookUp",
    "DELETE contacts/contact/#": "delete",
    "PATCH contacts/contact/#/lock": "lock",
    "PATCH contacts/contact/#/unlock": "unlock",
  };
  return { kind: kinds[shape] ?? "other", id, query };
}

function ordinary(
  { kind, id, query, request }: Heard,
  contacts: Map<number, WireRecord>,
  campaigns: readonly WireRecord[],
): ScriptedReply {
  const all = [...contacts.values()];
  const record = contacts.get(id);
  switch (kind) {
    case "list": {
      const campaign = query.get("diallerCampaignsID");
      const key = query.get("userData");
      return list(
        all.filter(
          ({ DiallerCampaignsID, UserData }) =>
            (campaign === null || String(DiallerCampaignsID) === campaign) &&
            (key === null || UserData === key),
        ),
      );
    }
    case "campaigns":
      return list(campaigns);
    case "batch": {
      const { ids, keys } = batchOf(request.body);
      return list(
        all.filter(({ ID, UserData }) => ids.includes(Number(ID)) || keys.includes(String(UserData))),
      );
    }
    case "read":
      return record === undefined ? noSuchContact : list([record]);
    case "lookUp": {
      const found = all.filter(({ UserData }) => UserData === query.get("userData"));
      return found.length === 0 ? noSuchContact : list(found);
    }
    case "delete":
      return contacts.delete(id) ? done : noSuchContact;
    case "lock":
    case "unlock":
      if (record === undefined) return noSuchContact;
      contacts.set(id, { ...record, bLocked: kind === "lock" });
      return done;
    case "import": {
      // Every import makes a contact of its own, with an ID that was never there before, unless it is to overwrite.
      const sent = recordIn(request.body);
      const isTwin = ({ UserData }: WireRecord): boolean => UserData === sent.UserData;
      const overwritten = query.get("overwriteDuplicates") === "true" ? all.find(isTwin) : undefined;
      const made: WireRecord = { ...sent, ID: overwritten?.ID ?? nextId(contacts), bLocked: false };
      contacts.set(Number(made.ID), made);
      return list([made]);
    }
    case "other":
      return reply.empty(404);
  }
}

/** The one contact that a body holds. */
export function recordIn(body: string): WireRecord {
  const value: unknown = JSON.parse(body);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function nextId(contacts: ReadonlyMap<number, WireRecord>): number {
  return Math.max(90_000, ...contacts.keys()) + 1;
}

/** What a batch read asks for. */
export function batchOf(body: string): { readonly ids: readonly number[]; readonly keys: readonly string[] } {
  const asked: unknown = JSON.parse(body);
  const member = (name: string): unknown[] => {
    const value: unknown = typeof asked === "object" && asked !== null ? Reflect.get(asked, name) : [];
    return Array.isArray(value) ? value : [];
  };
  return { ids: member("IDList").map(Number), keys: member("UserDataList").map(String) };
}

/** The IDs of so many ordinary contacts. */
export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** A promise and what fulfils it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
