import type { ScriptedReply } from "./scriptedReply";
import { empty, json } from "./scriptedReply";
import type { ScriptedRequest, ScriptedServerOptions } from "./scriptedServer";

/** What becomes of one request that changes something. */
export interface Fault {
  /** Whether the server does what it was asked before it answers. */
  readonly carriedOut: boolean;
  readonly answer: ScriptedReply;
}

export interface FaultyScript {
  /** The fates of the changing requests, in turn; after the last one the server is well. */
  readonly changes?: readonly Fault[];
  /** What the reads are answered with, in turn; undefined, or after the last one: properly. */
  readonly reads?: readonly (ScriptedReply | undefined)[];
  /** The member that tells the lock; empty: none does. */
  readonly lockMember?: string;
  readonly batchRead?: boolean;
}

const noSuchPath = empty(404);
const noSuchContact = json(404, { status: 404, error: "Dialler contact not found" });
const contacts = "/rest/v1.0/7/dialler/contacts";

/** A dialler with the contacts 11, 12 and 13, which share the UserData `DUP`; 12 is locked. Changes and reads fail as scripted. */
export class FaultyDialler {
  readonly #locked = new Map<number, boolean>([
    [11, false],
    [12, true],
    [13, false],
  ]);
  readonly #script: FaultyScript;
  #changes = 0;
  #reads = 0;

  constructor(script: FaultyScript) {
    this.#script = script;
  }

  get ids(): readonly number[] {
    return [...this.#locked.keys()];
  }

  isLocked(id: number): boolean | undefined {
    return this.#locked.get(id);
  }

  readonly handler: ScriptedServerOptions["handler"] = (request) => {
    const isRead = request.method === "GET" || request.method === "POST";
    if (isRead) return this.#script.reads?.[this.#reads++] ?? this.#read(request);
    const fault = this.#script.changes?.[this.#changes++];
    if (fault === undefined) return this.#change(request);
    if (fault.carriedOut) this.#change(request);
    return fault.answer;
  };

  #read({ method, path, body }: ScriptedRequest): ScriptedReply {
    if (method === "POST") {
      if (this.#script.batchRead !== true) return noSuchPath;
      const { IDList } = JSON.parse(body) as { IDList: number[] };
      return this.#records(IDList);
    }
    const id = /^\/([0-9]+)$/.exec(path.slice(contacts.length))?.[1];
    if (id === undefined) return noSuchPath;
    return this.#locked.has(Number(id)) ? this.#records([Number(id)]) : noSuchContact;
  }

  #records(ids: readonly number[]): ScriptedReply {
    const { lockMember = "bLocked" } = this.#script;
    const records = ids
      .filter((id) => this.#locked.has(id))
      .map((ID) => ({
        ID,
        UserData: "DUP",
        ...(lockMember === "" ? {} : { [lockMember]: this.#locked.get(ID) }),
      }));
    return json(200, { records, count: records.length, status: 200 });
  }

  /** By UserData the first match is chosen. */
  #change({ method, path }: ScriptedRequest): ScriptedReply {
    const { pathname, searchParams } = new URL(path, "http://127.0.0.1");
    const [, , first = "", second = ""] = pathname.slice(contacts.length).split("/");
    const byKey = searchParams.get("userData") === "DUP";
    const id = byKey ? this.ids[0] : Number(first);
    if (id === undefined || !this.#locked.has(id)) return noSuchContact;
    if (method === "DELETE") this.#locked.delete(id);
    else this.#locked.set(id, (byKey ? first : second) === "lock");
    return json(200, { status: 200 });
  }
}
