import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Change } from "../../src/dialler/api/changeRules";
import { type Contact, contactFromRecord, identityDigest } from "../../src/dialler/api/record/contact";
import type { WireRecord } from "../../src/dialler/api/record/wire";
import { Secrets } from "../../src/dialler/api/secrets";
import { type Connection, Connector } from "../../src/dialler/endpoint/connect";
import { Journal } from "../../src/dialler/journal/journal";
import { restoreRun } from "../../src/dialler/journal/restoreRun";
import { RunHistory } from "../../src/dialler/journal/runHistory";
import { countsOf, type Outcome, outcomeDetails, type OutcomeDetails } from "../../src/dialler/runs/outcome";
import type { PlannedEntry } from "../../src/dialler/runs/plan";
import { runAction } from "../../src/dialler/runs/runAction";
import { itemsThatEnded, restorableItems, resultsOf } from "../../src/dialler/runs/runResults";
import { isAction } from "../../src/dialler/runs/contactAction";
import { verifyEntries } from "../../src/dialler/runs/verifyEntries";
import type { ImportItem } from "../../src/dialler/transfer/importPlan";
import type { RowResult } from "../../src/dialler/transfer/importReport";
import { importRun } from "../../src/dialler/transfer/importRun";
import { authority } from "./proxyPlan";
import type { SetUp } from "./setUp";
import type { RunningProxy } from "./startProxy";
import { basePath, type Kind, plainContacts, type WatchedDialler } from "./watchedDialler";

const lockField = "";

/** The counts that are not zero. */
export type Counts = Readonly<Partial<Record<Outcome, number>>>;

/** What is expected of a number: the number, or the least and the most. */
export type Expected = number | readonly [least: number, most: number];

export interface ActOptions {
  readonly concurrency?: number;
  /** Before each change, so that connections are idle for so long. */
  readonly pauseMs?: number;
  /** Called before the change of the contact at this position is sent. */
  readonly before?: (position: number) => Promise<void> | void;
  /** The contacts of the run are read one by one before it begins, which fills a cache. */
  readonly readFirst?: boolean;
}

/** The extension's calls, made through a proxy, and what is noted of them. */
export class Scene {
  /** A sentence for everything that is not as it should be. */
  readonly problems: string[] = [];
  readonly asked: string[] = [];
  readonly ended: string[] = [];
  /** The counts of the last step. */
  last: Counts = {};
  /** The runs and imports of this scene, for the rules that hold of each. */
  readonly runs: string[] = [];
  readonly rows: { readonly items: readonly ImportItem[]; readonly results: readonly RowResult[] }[] = [];
  /** Everything that the extension said. */
  readonly said: string[] = [];
  readonly history: RunHistory;
  readonly #secrets = new Secrets();
  #unused: number[] | undefined;
  #connection: Promise<Connection> | undefined;

  constructor(
    readonly setUp: SetUp,
    readonly dialler: WatchedDialler,
    readonly proxy: RunningProxy,
    readonly folder: string,
  ) {
    this.history = new RunHistory(new Journal(folder, this.#secrets));
  }

  /** Runs a change over contacts that nothing was done with yet, with a journal, as a command does. */
  async act(change: Change, count: number, options: ActOptions = {}): Promise<string> {
    this.asked.push(`${change} ${count}`);
    const { client, baseUrl } = await this.#connect();
    const items = await this.#plan(count);
    if (options.readFirst === true) for (const { id } of items) await client.getContact(id);
    const keys = items.map(({ id, shown }) => ({ id, ...identityOf(shown) }));
    const about = { action: change, endpoint: "lab", baseUrl, demo: false, items: keys };
    const recorder = await this.history.begin(about, true);
    const results = await runAction(change, items, client, {
      concurrency: options.concurrency ?? 4,
      lockField,
      cancelled: new AbortController().signal,
      keepsRecords: true,
      intent: async (index, record) => {
        await recorder.intent(index, record);
        await options.before?.(index);
        if (options.pauseMs !== undefined) await wait(options.pauseMs);
      },
      onResult: (result, _finished, index) => {
        recorder.outcome(index, outcomeDetails(result));
        if (result.reason !== undefined) this.said.push(result.reason);
      },
    });
    await recorder.end();
    this.#end(results);
    const { run } = recorder.plan;
    this.runs.push(run);
    return run;
  }

  /** Reads the contacts again whose outcome is unknown. */
  async verify(run: string): Promise<void> {
    this.asked.push("verify");
    const { client } = await this.#connect();
    const recorder = await this.history.reopen(run);
    const { plan, items } = recorder.snapshot();
    if (!isAction(plan.action)) throw new Error(`${plan.action} cannot be verified.`);
    const unknown = itemsThatEnded(recorder.snapshot(), "unknown");
    const asked = unknown.map((item) => ({ item, id: items[item]?.id ?? 0 }));
    await verifyEntries(plan.action, asked, client, {
      lockField,
      cancelled: new AbortController().signal,
      onResult: (item, seen) => recorder.outcome(item, outcomeDetails(seen)),
    });
    await recorder.end();
    this.#end(resultsOf(recorder.snapshot()));
  }

  /** Re-creates what can be restored of a run; how many that were. */
  async restore(run: string): Promise<number> {
    this.asked.push("restore");
    const { client } = await this.#connect();
    const recorder = await this.history.reopen(run);
    const items = new Set(restorableItems(recorder.snapshot()));
    const { counts, items: restored } = await restoreRun(this.history.records(run, items), items, {
      client,
      endpoint: "lab",
      lockField,
      cancelled: new AbortController().signal,
      recorder,
      redact: (text) => this.#secrets.redact(text),
      mayReadWholeList: () => Promise.resolve(true),
      mayTryAgain: () => Promise.resolve(false),
      mayDuplicate: () => Promise.resolve(false),
      onWarning: ({ line }) => this.said.push(line),
      onResult: ({ line }) => this.said.push(line),
    });
    await recorder.end();
    this.ended.push(textOf(withoutZero(counts)));
    this.last = withoutZero(counts);
    return restored.filter(({ outcome }) => outcome === "done").length;
  }

  /** Imports new contacts, one request each. */
  async importRows(count: number, concurrency = 4): Promise<readonly RowResult[]> {
    this.asked.push(`import ${count}`);
    const { client } = await this.#connect();
    const items = Array.from({ length: count }, (_, row): ImportItem => {
      const userData = `LAB-${row + 1}`;
      const record = { DiallerCampaignsID: 72, Name: `Lab ${row + 1}`, UserData: userData };
      const whole = { ...record, PhoneNumber1: `4943155501${row}` };
      return { row, line: row + 2, userData, record: whole, before: [], overwrite: false };
    });
    const results = await importRun(items, {
      client,
      lockField,
      concurrency,
      cancelled: new AbortController().signal,
      mayReadWholeList: () => Promise.resolve(true),
      onBegin: () => undefined,
      onResult: () => undefined,
      onWarning: () => undefined,
    });
    for (const { reason } of results) if (reason !== undefined) this.said.push(reason);
    this.rows.push({ items, results });
    this.#end(results);
    return results;
  }

  /** Reads the whole list; the number of its contacts. */
  async list(): Promise<number> {
    this.asked.push("list");
    const { client } = await this.#connect();
    let count = 0;
    for await (const { records } of client.listContacts()) count += records.length;
    this.ended.push(`${count} contacts`);
    return count;
  }

  /** The counts of the last step must be these. */
  expect(...allowed: readonly Counts[]): void {
    const found = textOf(this.last);
    const wanted = allowed.map(textOf);
    if (!wanted.includes(found)) this.problems.push(`expected ${wanted.join(" or ")}, not ${found}`);
  }

  /** As many requests of these kinds must have reached the dialler. */
  expectSeen(kinds: Readonly<Partial<Record<Kind, Expected>>>): void {
    for (const [kind, expected] of Object.entries(kinds)) {
      const count = this.dialler.heard.filter((heard) => heard.kind === kind).length;
      this.expectNumber(`${kind} requests at the dialler`, count, expected);
    }
  }

  /** So many items of a run must be restorable, as its file on the disk says. */
  async expectRestorable(run: string, expected: Expected): Promise<void> {
    this.expectNumber("restorable", (await this.restorable(run)).length, expected);
  }

  /** Something that the extension said must match. */
  expectSaid(pattern: RegExp, expected: Expected = [1, Infinity]): void {
    const count = this.said.filter((text) => pattern.test(text)).length;
    if (!isAsExpected(count, expected)) {
      const last = this.said.at(-1) ?? "nothing";
      this.problems.push(`${count} times said ${String(pattern)}, but: ${last}`);
    }
  }

  expectNumber(what: string, found: number, expected: Expected): void {
    if (isAsExpected(found, expected)) return;
    const wanted = typeof expected === "number" ? expected : `${expected[0]} to ${expected[1]}`;
    this.problems.push(`${found} ${what}, expected ${wanted}`);
  }

  /** The items of a run that can be restored, read from the disk as another window would. */
  async restorable(run: string): Promise<readonly number[]> {
    const snapshot = await new Journal(this.folder, this.#secrets).snapshot(run);
    return snapshot === undefined ? [] : restorableItems(snapshot);
  }

  /** Everything that was said or written, in one text. */
  async everyText(): Promise<string> {
    const { directory } = this.history.journal;
    const names = await readdir(directory).catch(() => []);
    const files = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
    return [...this.said, ...files].join("\n");
  }

  async dispose(): Promise<void> {
    (await this.#connection)?.dispose();
    this.history.dispose();
  }

  #connect(): Promise<Connection> {
    const { proxy, seconds = 5, forward = false, scheme = proxy.tls ? "https" : "http" } = this.setUp;
    const note = (line: string): void => void this.said.push(line);
    const connector = new Connector({
      secrets: this.#secrets,
      log: { debug: note, trace: note, say: (_level, line) => note(line) },
      limits: () => ({ requestSeconds: seconds, listSeconds: 20, listMegabytes: 64, lockField }),
      ownAgent: () => !forward,
      warn: note,
    });
    const endpoint = {
      kind: "server",
      name: "lab",
      baseUrl: `${scheme}://127.0.0.1:${this.proxy.port}${basePath}`,
      environment: "test",
      readOnly: false,
      caFile: scheme === "https" && !forward ? authority : undefined,
    } as const;
    this.#connection ??= connector.connect(endpoint, this.dialler.token);
    return this.#connection;
  }

  async #plan(count: number): Promise<PlannedEntry[]> {
    const contacts = await this.dialler.contacts();
    this.#unused ??= plainContacts(contacts);
    return this.#unused.splice(0, count).map((id): PlannedEntry => {
      const shown = contactFromRecord(contacts.get(id) ?? ({ ID: id } satisfies WireRecord));
      return { id, ...(shown.userData === undefined ? {} : { userData: shown.userData }), shown };
    });
  }

  #end(results: readonly OutcomeDetails[]): void {
    this.last = withoutZero(countsOf(results));
    this.ended.push(textOf(this.last));
  }
}

function identityOf(shown: Contact | undefined): { readonly identity?: string } {
  return shown === undefined ? {} : { identity: identityDigest(shown) };
}

function isAsExpected(found: number, expected: Expected): boolean {
  const [least, most] = typeof expected === "number" ? [expected, expected] : expected;
  return found >= least && found <= most;
}

function withoutZero(counts: Readonly<Record<Outcome, number>>): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** In the order in which the outcomes are always named. */
function textOf(counts: Counts): string {
  const all = { ...countsOf([]), ...counts };
  const named = Object.entries(all).filter(([, count]) => count > 0);
  return named.map(([outcome, count]) => `${count} ${outcome}`).join(", ") || "nothing";
}
