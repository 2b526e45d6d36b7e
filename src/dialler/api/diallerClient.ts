import { type Answer, batchRecords, onlyRecord } from "./answers";
import {
  type ApiCall,
  batchCall,
  type BatchKeys,
  campaignCall,
  campaignQuery,
  changeCalls,
  describedRequest,
  type DescribedRequest,
  importCall,
  readCalls,
  userDataCall,
} from "./calls";
import type { Change } from "./changeRules";
import { type ChangeSettled, settleChange, type Target } from "./change";
import { type Access, type Call, exchange, type Reply } from "./http/exchange";
import { ReadOnlyEndpoint } from "./http/replyErrors";
import { PathStyles } from "./pathStyles";
import { checkedUserData } from "./record/key";
import type { WireRecord } from "./record/wire";
import { controlOf, type RepeatControl, sendObeying } from "./repeat";
import { replyFailure } from "./replyFailure";
import type { PackedContacts } from "./scan/packedContacts";
import { readContacts, readRecords, type RecordBatch, recordsOf } from "./scan/recordReader";

/** Seconds and megabytes as a person sets them. */
export interface Limits {
  readonly requestSeconds: number;
  readonly listSeconds: number;
  readonly listMegabytes: number;
}

export interface ClientOptions extends Access {
  /** Refuses every change before it is sent, whatever the window shows. */
  readonly readOnly: boolean;
  /** The member of a record that holds the lock; empty: detect it. */
  readonly lockField: string;
  readonly limits: Limits;
}

/** How a call may be ended. */
export interface ReadOptions {
  /** Aborts the request; what was sent may happen all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** How a call may be ended and repeated. Without a control it stands for itself: repeats as its kind allows. */
export interface CallOptions extends ReadOptions {
  readonly control?: RepeatControl | undefined;
}

export interface ImportOptions extends CallOptions {
  /** A contact with the same UserData is overwritten; else a new one is always made. */
  readonly overwriteDuplicates: boolean;
}

/** A contact was made. */
export interface Imported {
  readonly status: number;
  /** What the server stored; undefined when its answer names none. */
  readonly record: WireRecord | undefined;
}

const listFirstByteMs = 60_000;
const listIdleMs = 30_000;

/** The server answers the batch read in a language; the first one exists on every server. */
const defaultLanguageId = 1;

/** The calls of the dialler's REST API, each with the repeats that its kind allows. */
export class DiallerClient {
  readonly #options: ClientOptions;
  readonly #styles = new PathStyles();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * All contacts, or those of one campaign, in batches and in the server's order. Old servers ignore the campaign:
   * the caller looks at each record. @throws ApiError
   */
  async *listContacts(campaignId?: number, { signal }: ReadOptions = {}): AsyncGenerator<RecordBatch> {
    const reply = await this.#list(["dialler", "contacts"], campaignQuery(campaignId), signal);
    yield* readRecords(reply, this.#listCapBytes);
  }

  /** The same list, of each record only what a contact is made of: for lists of any length. @throws ApiError */
  async *streamContacts(
    campaignId?: number,
    { signal }: ReadOptions = {},
  ): AsyncGenerator<RecordBatch<PackedContacts>> {
    const reply = await this.#list(["dialler", "contacts"], campaignQuery(campaignId), signal);
    yield* readContacts(reply, this.#listCapBytes, this.#options.lockField);
  }

  /** All campaigns as records. @throws ApiError; `NoSuchPath` on servers without campaigns */
  async listCampaigns({ signal }: ReadOptions = {}): Promise<WireRecord[]> {
    const records: WireRecord[] = [];
    const reply = await this.#list(["dialler", "campaigns"], {}, signal);
    for await (const batch of readRecords(reply, this.#listCapBytes)) records.push(...batch.records);
    return records;
  }

  /** Which of the two paths of a single contact the server knows, the documented one first; undefined: not seen yet. */
  get contactPath(): number | undefined {
    return this.#styles.known("getContact");
  }

  /** One campaign's record. @throws ApiError */
  async getCampaign(id: number, options: CallOptions = {}): Promise<WireRecord> {
    return onlyRecord(await this.#read(campaignCall(id), options), id);
  }

  /** One contact's whole record. @throws ApiError; `NoSuchContact` when it is certainly absent */
  async getContact(id: number, options: CallOptions = {}): Promise<WireRecord> {
    return this.#styles.tryInTurn(
      "getContact",
      readCalls(id).map((call) => async () => onlyRecord(await this.#read(call, options), id)),
    );
  }

  /**
   * Batch read by IDs and UserData; unknown keys are missing from the answer. Records carry the result code and the
   * history besides. @throws ApiError; `NoSuchPath` on servers without the call; `UnreadableReply` when a record was not asked for
   */
  async readBatch(
    keys: BatchKeys,
    { languageId = defaultLanguageId, ...options }: CallOptions & { readonly languageId?: number } = {},
  ): Promise<readonly WireRecord[]> {
    return batchRecords(await this.#read(batchCall(keys, languageId), options), keys);
  }

  /**
   * Search by UserData on the path of a single contact. The caller looks at each record: a server may ignore the
   * question. @throws ApiError
   */
  async findByUserData(userData: string, options: CallOptions = {}): Promise<readonly WireRecord[]> {
    return (await this.#read(userDataCall(userData), options)).records;
  }

  /**
   * Search by UserData on the path of the list: a server that ignores the question answers with every contact, so the
   * answer is read as a list and the caller may stop at the first contact that does not match. @throws ApiError
   */
  async *listByUserData(userData: string, { signal }: ReadOptions = {}): AsyncGenerator<RecordBatch> {
    const reply = await this.#list(["dialler", "contacts"], { userData: checkedUserData(userData) }, signal);
    yield* readRecords(reply, this.#listCapBytes);
  }

  /**
   * Deletes, locks or unlocks. By ID a lost answer is settled by reading the contact again; by UserData it stays
   * unknown, because a second try would meet another contact. `signal` gives up on a request in flight, and its change
   * is unknown then. Never throws an ApiError. @throws InvalidKey before anything is sent
   */
  async change(
    change: Change,
    target: Target,
    { signal, control = controlOf() }: CallOptions = {},
  ): Promise<ChangeSettled> {
    const calls = changeCalls(change, target);
    const send = (call: ApiCall): Promise<Reply> => this.#send(this.#call({ ...call, signal }), true);
    return settleChange({
      change,
      target,
      control,
      send: () =>
        this.#styles.tryInTurn(
          `${change} ${"id" in target ? "id" : "key"}`,
          calls.map((call) => () => send(call)),
        ),
      lockField: this.#options.lockField,
      getContact: (id) => this.getContact(id, { control, signal }),
      readBatch: (id) => this.readBatch({ ids: [id] }, { control, signal }),
    });
  }

  /** What `change` would send first, in full and without the token. @throws InvalidKey */
  requestOf(change: Change, target: Target): DescribedRequest {
    return this.#described(changeCalls(change, target)[0]);
  }

  /** What `getContact` would send, on the path that this server is known to answer. @throws InvalidKey */
  readRequest(id: number): DescribedRequest {
    const calls = readCalls(id);
    return this.#described(calls[this.contactPath ?? 0] ?? calls[0]);
  }

  /** What `readBatch` would send for these IDs. @throws InvalidKey */
  batchReadRequest(ids: readonly number[]): DescribedRequest {
    return this.#described(batchCall({ ids }, defaultLanguageId));
  }

  /**
   * Imports one contact and returns what the server stored. Sent again only when it certainly never left, because
   * without `overwriteDuplicates` every arrival makes a contact. `signal` gives up on a request in flight.
   * @throws ApiError
   */
  async importContact(
    record: WireRecord,
    { overwriteDuplicates, signal, control = controlOf() }: ImportOptions,
  ): Promise<Imported> {
    const call: Call = this.#call({ ...importCall(record, overwriteDuplicates), signal });
    const settled = await sendObeying("import", () => this.#send(call, true), control);
    if (settled.kind !== "answered") throw settled.error;
    const { value: reply } = settled;
    return { status: reply.status, record: recordsOf(reply, await reply.text()).records[0] };
  }

  /** What `importContact` would send. */
  importRequest(record: WireRecord, overwriteDuplicates: boolean): DescribedRequest {
    return this.#described(importCall(record, overwriteDuplicates));
  }

  get #listCapBytes(): number {
    return this.#options.limits.listMegabytes * 1024 * 1024;
  }

  /** A list reply whose body has yet to be read. */
  async #list(
    path: readonly string[],
    query: Readonly<Record<string, string | number>>,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const endsAt = Date.now() + this.#options.limits.listSeconds * 1000;
    const attempt = (): Promise<Reply> =>
      this.#send({
        method: "GET",
        path,
        query,
        signal,
        // The limit is for the whole list, repeats included: each attempt has what is left of it.
        deadlines: {
          totalMs: Math.max(1, endsAt - Date.now()),
          firstByteMs: listFirstByteMs,
          idleMs: listIdleMs,
        },
      });
    const control: RepeatControl = Object.assign(controlOf(signal), {
      takeRepeat: () => Date.now() < endsAt,
    });
    const settled = await sendObeying("read", attempt, control);
    if (settled.kind !== "answered") throw settled.error;
    return settled.value;
  }

  /** A read whose body is small, the reading of it included in what is repeated. */
  async #read(call: ApiCall, { signal, control = controlOf(signal) }: CallOptions): Promise<Answer> {
    const settled = await sendObeying(
      "read",
      async () => {
        const reply = await this.#send(this.#call({ ...call, signal }));
        return { reply, ...recordsOf(reply, await reply.text()) };
      },
      control,
    );
    if (settled.kind !== "answered") throw settled.error;
    return settled.value;
  }

  #call(call: Omit<Call, "deadlines">): Call {
    return { ...call, deadlines: { totalMs: this.#options.limits.requestSeconds * 1000 } };
  }

  /** @throws ApiError for every status outside 2xx */
  async #send(call: Call, changes = false): Promise<Reply> {
    if (changes && this.#options.readOnly) {
      throw new ReadOnlyEndpoint({ method: call.method, url: this.#options.baseUrl });
    }
    const reply = await exchange(this.#options, call);
    if (reply.status < 200 || reply.status > 299) throw await replyFailure(reply);
    return reply;
  }

  #described(call: ApiCall): DescribedRequest {
    return describedRequest(this.#options.baseUrl, call);
  }
}
