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
import type { CallOptions, ChangeOptions, ImportOptions, ReadOptions } from "./callOptions";
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
import { readPackedContacts, readRecords, type RecordBatch, recordsOf } from "./scan/recordReader";

/** Seconds and megabytes from the settings. */
export interface Limits {
  readonly requestSeconds: number;
  readonly listSeconds: number;
  readonly listMegabytes: number;
}

export interface ClientOptions extends Access {
  /** Refuses every change before it is sent, whatever the views offer. */
  readonly readOnly: boolean;
  /** The member of a record that holds the lock; if empty, it is detected. */
  readonly lockField: string;
  readonly limits: Limits;
}

/** The result of an import. */
export interface Imported {
  readonly status: number;
  /** What the server stored; undefined if its answer does not contain it. */
  readonly record: WireRecord | undefined;
}

const listFirstByteMs = 60_000;
const listIdleMs = 30_000;
/** With less time left, a list is not asked for again. */
const shortestAttemptMs = 100;

/** The language of the batch read's answer. The first language exists on every server. */
const defaultLanguageId = 1;

/** The calls of the dialler's REST API, each with the repeats that its kind allows. */
export class DiallerClient {
  readonly #options: ClientOptions;
  readonly #styles = new PathStyles();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * All contacts, or those of one campaign, in batches and in the server's order. Old servers ignore the campaign, so
   * the caller checks each record.
   * @throws ApiError
   */
  async *listContacts(campaignId?: number, { signal }: ReadOptions = {}): AsyncGenerator<RecordBatch> {
    const reply = await this.#list(["dialler", "contacts"], campaignQuery(campaignId), signal);
    yield* readRecords(reply, this.#listCapBytes);
  }

  /** The same list, with only the members that make up a contact, for lists of any length. @throws ApiError */
  async *streamContacts(
    campaignId?: number,
    { signal }: ReadOptions = {},
  ): AsyncGenerator<RecordBatch<PackedContacts>> {
    const reply = await this.#list(["dialler", "contacts"], campaignQuery(campaignId), signal);
    yield* readPackedContacts(reply, this.#listCapBytes, this.#options.lockField);
  }

  /** All campaigns as records. @throws ApiError; `NoSuchPath` on servers without campaigns */
  async listCampaigns({ signal }: ReadOptions = {}): Promise<WireRecord[]> {
    const records: WireRecord[] = [];
    const reply = await this.#list(["dialler", "campaigns"], {}, signal);
    for await (const batch of readRecords(reply, this.#listCapBytes)) records.push(...batch.records);
    return records;
  }

  /** The path of a single contact that the server knows, 0 for the documented one; undefined if not known yet. */
  get contactPath(): number | undefined {
    return this.#styles.known("getContact");
  }

  /** One campaign's record. @throws ApiError */
  async getCampaign(id: number, options: CallOptions = {}): Promise<WireRecord> {
    return onlyRecord(await this.#read(campaignCall(id), options), id);
  }

  /** One contact's complete record. @throws ApiError; `NoSuchContact` if it is certainly absent */
  async getContact(id: number, options: CallOptions = {}): Promise<WireRecord> {
    return this.#styles.tryInTurn(
      "getContact",
      readCalls(id).map((call) => async () => onlyRecord(await this.#read(call, options), id)),
    );
  }

  /**
   * Reads contacts by IDs and UserData in one call. Unknown keys are missing from the answer. Records also have the
   * result code and the history.
   * @throws ApiError; `NoSuchPath` on servers without the call; `UnreadableReply` if a record was not requested
   */
  async readBatch(
    keys: BatchKeys,
    { languageId = defaultLanguageId, ...options }: CallOptions & { readonly languageId?: number } = {},
  ): Promise<readonly WireRecord[]> {
    return batchRecords(await this.#read(batchCall(keys, languageId), options), keys);
  }

  /**
   * Searches by UserData on the path of a single contact. The caller checks each record, because a server may ignore
   * the parameter.
   * @throws ApiError
   */
  async findByUserData(userData: string, options: CallOptions = {}): Promise<readonly WireRecord[]> {
    return (await this.#read(userDataCall(userData), options)).records;
  }

  /**
   * Searches by UserData on the path of the list. A server that ignores the parameter answers with every contact, so
   * the answer is read as a list, and the caller can stop at the first contact that does not match.
   * @throws ApiError
   */
  async *listByUserData(userData: string, { signal }: ReadOptions = {}): AsyncGenerator<RecordBatch> {
    const reply = await this.#list(["dialler", "contacts"], { userData: checkedUserData(userData) }, signal);
    yield* readRecords(reply, this.#listCapBytes);
  }

  /**
   * Deletes, locks or unlocks. By ID, the contact is read again after a lost answer. By UserData the outcome stays
   * unknown, because a second request could hit another contact. `signal` gives up a request in flight, and its outcome
   * is then unknown. Never throws an ApiError.
   * @throws InvalidKey before anything is sent
   */
  async change(
    change: Change,
    target: Target,
    { signal, control = controlOf(), wasJustRead = false, explain }: ChangeOptions = {},
  ): Promise<ChangeSettled> {
    const calls = changeCalls(change, target);
    let attempts = 0;
    const send = (call: ApiCall): Promise<Reply> =>
      this.#send(this.#call({ ...call, signal, newConnection: attempts > 1 }), true);
    return settleChange({
      change,
      target,
      control,
      wasJustRead,
      explain: explain ?? ((error) => error.sentence),
      send: () => {
        attempts++;
        return this.#styles.tryInTurn(
          `${change} ${"id" in target ? "id" : "key"}`,
          calls.map((call) => () => send(call)),
        );
      },
      lockField: this.#options.lockField,
      getContact: (id) => this.getContact(id, { control, signal, fresh: true }),
      readBatch: (id) => this.readBatch({ ids: [id] }, { control, signal, fresh: true }),
    });
  }

  /** The request that `change` would send first, complete except for the token. @throws InvalidKey */
  requestOf(change: Change, target: Target): DescribedRequest {
    return this.#described(changeCalls(change, target)[0]);
  }

  /** The request that `getContact` would send, on the path that this server is known to have. @throws InvalidKey */
  readRequest(id: number): DescribedRequest {
    const calls = readCalls(id);
    return this.#described(calls[this.contactPath ?? 0] ?? calls[0]);
  }

  /** The request that `readBatch` would send for these IDs. @throws InvalidKey */
  batchReadRequest(ids: readonly number[]): DescribedRequest {
    return this.#described(batchCall({ ids }, defaultLanguageId));
  }

  /**
   * Imports one contact and returns what the server stored. Repeated only if it certainly created nothing, because
   * without `overwriteDuplicates` every request creates a contact. `signal` gives up a request in flight.
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
    const body = await reply.body();
    const [stored] = Buffer.from(body).toString("latin1").trim() === "" ? [] : recordsOf(reply, body).records;
    return { status: reply.status, record: stored };
  }

  /** The request that `importContact` would send. */
  importRequest(record: WireRecord, overwriteDuplicates: boolean): DescribedRequest {
    return this.#described(importCall(record, overwriteDuplicates));
  }

  get #listCapBytes(): number {
    return this.#options.limits.listMegabytes * 1024 * 1024;
  }

  /** The reply to a list request, with its body not read yet. */
  async #list(
    path: readonly string[],
    query: Readonly<Record<string, string | number>>,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const single = controlOf(signal);
    const endsAt = single.now() + this.#options.limits.listSeconds * 1000;
    const attempt = (): Promise<Reply> =>
      this.#send({
        method: "GET",
        path,
        query,
        signal,
        // The limit is for the whole list, including repeats. Each attempt has the remaining time.
        deadlines: {
          totalMs: Math.max(1, endsAt - single.now()),
          firstByteMs: listFirstByteMs,
          idleMs: listIdleMs,
        },
      });
    const isLeft = (): boolean => single.now() < endsAt - shortestAttemptMs;
    const control: RepeatControl = {
      ...single,
      takeRepeat: isLeft,
      outlastBusy: async () => isLeft() && (await single.outlastBusy()),
    };
    const settled = await sendObeying("read", attempt, control);
    if (settled.kind !== "answered") throw settled.error;
    return settled.value;
  }

  /** A read with a small body. Reading the body is part of what is repeated. */
  async #read(call: ApiCall, options: CallOptions): Promise<Answer> {
    const { signal, control = controlOf(signal), fresh, withinMs } = options;
    const settled = await sendObeying(
      "read",
      async () => {
        const reply = await this.#send(this.#call({ ...call, signal, fresh }, withinMs));
        return { reply, ...recordsOf(reply, await reply.body()) };
      },
      control,
    );
    if (settled.kind !== "answered") throw settled.error;
    return settled.value;
  }

  #call(call: Omit<Call, "deadlines">, withinMs = Infinity): Call {
    const totalMs = Math.min(withinMs, this.#options.limits.requestSeconds * 1000);
    return { ...call, deadlines: { totalMs } };
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
