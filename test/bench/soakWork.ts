import type { Change } from "../../src/dialler/api/changeRules";
import { Secrets } from "../../src/dialler/api/secrets";
import { type Connection, Connector } from "../../src/dialler/endpoint/connect";
import { FollowEndpoint } from "../../src/dialler/endpoint/followEndpoint";
import { Journal } from "../../src/dialler/journal/journal";
import { restoreRun } from "../../src/dialler/journal/restoreRun";
import { RunHistory } from "../../src/dialler/journal/runHistory";
import { readFilter } from "../../src/dialler/list/contactFilter";
import { type SortBy, sortOrders } from "../../src/dialler/list/contactOrder";
import { ContactStore } from "../../src/dialler/list/contactStore";
import type { GroupBy } from "../../src/dialler/list/listLoader";
import { listsOf, shownList } from "../../src/dialler/list/contactsState";
import { countsOf, type EntryResult, outcomeDetails } from "../../src/dialler/runs/outcome";
import type { PlannedEntry } from "../../src/dialler/runs/plan";
import { runAction } from "../../src/dialler/runs/runAction";
import { itemsThatEnded, restorableItems } from "../../src/dialler/runs/runResults";
import type { RunSnapshot } from "../../src/dialler/runs/runSnapshot";
import { isAction } from "../../src/dialler/runs/contactAction";
import { verifyEntries } from "../../src/dialler/runs/verifyEntries";
import { recordRun } from "../../src/editor/commands/change/recordRun";

/** Where the work is done: a name and what it takes to get in. */
export interface Place {
  readonly name: string;
  readonly baseUrl: string;
  readonly token: string;
}

const lockField = "";

/** A person who lists, filters, locks, deletes, restores and switches, by turns that `dice` decides. */
export class SoakWork {
  readonly did: Record<string, number> = {};
  readonly outcomes: Record<string, number> = {};
  readonly history: RunHistory;
  readonly store: ContactStore;
  readonly #secrets = new Secrets();
  readonly #connector: Connector;
  readonly #follow: FollowEndpoint;
  readonly #preferences: { groupBy: GroupBy; sortBy: SortBy; readonly lockField: string };

  constructor(
    readonly places: readonly Place[],
    storage: string,
    /** From 0 up to but without 1. */
    readonly dice: () => number,
  ) {
    this.#preferences = { groupBy: "campaign", sortBy: "name", lockField };
    this.store = new ContactStore(() => this.#preferences);
    this.history = new RunHistory(new Journal(storage, this.#secrets));
    this.#connector = new Connector({
      secrets: this.#secrets,
      // As the log does it: every line is made harmless before it goes anywhere.
      log: {
        debug: (line) => void this.#secrets.redact(line),
        trace: (line) => void this.#secrets.redact(line),
      },
      limits: () => ({ requestSeconds: 1, listSeconds: 20, listMegabytes: 64, lockField }),
      warn: () => undefined,
    });
    const tokenOf = (baseUrl: string): Promise<string | undefined> =>
      Promise.resolve(places.find((place) => baseUrl.startsWith(place.baseUrl))?.token);
    this.#follow = new FollowEndpoint({ tokenOf }, this.#connector);
    this.#follow.changed.listen((state) =>
      this.store.open(state.kind === "connected" ? state.connection : undefined),
    );
  }

  /** One thing that a person does. */
  async step(): Promise<void> {
    const turns: readonly (readonly [share: number, name: string, () => Promise<void>])[] = [
      [8, "list", () => this.list()],
      [16, "filter", () => this.#filter()],
      [6, "sort", () => this.#sort()],
      [30, "lock", () => this.#change(this.dice() < 0.6 ? "lock" : "unlock", 30)],
      [18, "delete", () => this.#change("delete", 15)],
      [18, "restore", () => this.#restoreOne()],
      [4, "switch", () => this.switchTo(this.#pick(this.places))],
    ];
    let drawn = this.dice() * turns.reduce((all, [share]) => all + share, 0);
    for (const [share, name, turn] of turns) {
      drawn -= share;
      if (drawn >= 0) continue;
      this.did[name] = (this.did[name] ?? 0) + 1;
      await turn();
      return;
    }
  }

  async switchTo(place: Place | undefined): Promise<void> {
    if (place === undefined) return;
    const { name, baseUrl } = place;
    this.#preferences.groupBy = this.dice() < 0.5 ? "campaign" : "none";
    const endpoint = { kind: "server", name, baseUrl, environment: "test", readOnly: false } as const;
    await this.#follow.follow({ kind: "endpoint", endpoint: { ...endpoint, caFile: undefined } });
    await this.list();
  }

  async list(): Promise<void> {
    await this.store.refresh();
    await this.store.loadAll();
  }

  /** Required before the account is compared: nothing is unknown, and every restorable contact is re-created. */
  async tidyUp(): Promise<void> {
    for (const place of this.places) {
      await this.switchTo(place);
      for (const snapshot of [...(await this.#runsHere())].reverse()) {
        if (itemsThatEnded(snapshot, "unknown").length > 0) await this.#verify(snapshot);
        if (restorableItems(snapshot).length > 0) await this.#restore(snapshot.plan.run);
      }
    }
  }

  async dispose(): Promise<void> {
    this.#follow.dispose();
    this.history.dispose();
    await this.#connector.dispose();
  }

  get #connection(): Connection | undefined {
    const { state } = this.#follow;
    return state.kind === "connected" ? state.connection : undefined;
  }

  async #filter(): Promise<void> {
    const texts = [
      "müller",
      "locked:yes",
      "phone:0431",
      "tries:>2",
      "duplicate:userdata",
      "-campaign:71 kiel",
    ];
    const reading = readFilter(this.#pick(texts) ?? "");
    this.store.setFilter(reading.ok ? reading.filter : undefined);
    await this.store.filtered();
    this.store.setFilter(undefined);
  }

  async #sort(): Promise<void> {
    this.#preferences.sortBy = this.#pick(sortOrders) ?? "name";
    await this.store.sort();
  }

  async #change(change: Change, most: number): Promise<void> {
    const connection = this.#connection;
    const items = this.#someContacts(1 + Math.floor(this.dice() * most));
    if (connection === undefined || items.length === 0) return;
    const recorder = await recordRun(this, connection, change, items, { journaled: true });
    const cancelled = new AbortController();
    // Every tenth run is cancelled somewhere in the middle.
    const cancelAt = this.dice() < 0.1 ? Math.ceil(this.dice() * items.length) : Infinity;
    const results = await runAction(change, items, connection.client, {
      concurrency: 4,
      lockField,
      cancelled: cancelled.signal,
      random: this.dice,
      intent: (index, record) => recorder.intent(index, record),
      onResult: (result, finished, index) => {
        recorder.outcome(index, outcomeDetails(result));
        if (finished >= cancelAt) cancelled.abort();
      },
    });
    await recorder.end();
    this.store.apply(connection, change, results);
    this.#count(results);
  }

  #someContacts(count: number): PlannedEntry[] {
    const lists = listsOf(this.store.state).flatMap(({ contacts }) => shownList(contacts) ?? []);
    const chosen = new Map<number, PlannedEntry>();
    for (let time = 0; time < count; time++) {
      const list = this.#pick(lists);
      const contact = list?.at(Math.floor(this.dice() * list.count));
      if (contact?.id === undefined) continue;
      chosen.set(contact.id, { id: contact.id, userData: contact.userData, shown: contact });
    }
    return [...chosen.values()];
  }

  async #restoreOne(): Promise<void> {
    const runs = (await this.#runsHere()).filter((snapshot) => restorableItems(snapshot).length > 0);
    const run = this.#pick(runs)?.plan.run;
    if (run !== undefined) await this.#restore(run);
  }

  async #restore(run: string): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const recorder = await this.history.reopen(run);
    const items = new Set(restorableItems(recorder.snapshot()));
    const { counts } = await restoreRun(this.history.records(run, items), items, {
      client: connection.client,
      endpoint: connection.endpoint.name,
      lockField,
      cancelled: new AbortController().signal,
      recorder,
      redact: (text) => this.#secrets.redact(text),
      mayReadWholeList: () => Promise.resolve(true),
      mayTryAgain: () => Promise.resolve(false),
      mayDuplicate: () => Promise.resolve(false),
      onWarning: () => undefined,
      onResult: () => undefined,
    });
    await recorder.end();
    for (const [outcome, count] of Object.entries(counts)) this.#add(`restored: ${outcome}`, count);
  }

  async #verify(snapshot: RunSnapshot): Promise<void> {
    const connection = this.#connection;
    const { action } = snapshot.plan;
    if (connection === undefined || !isAction(action)) return;
    const recorder = await this.history.reopen(snapshot.plan.run);
    const asked = itemsThatEnded(snapshot, "unknown").map((item) => ({
      item,
      id: snapshot.items[item]?.id ?? 0,
    }));
    await verifyEntries(action, asked, connection.client, {
      lockField,
      cancelled: new AbortController().signal,
      onResult: (item, result) => recorder.outcome(item, result),
    });
    await recorder.end();
    this.#add("verified", asked.length);
  }

  async #runsHere(): Promise<readonly RunSnapshot[]> {
    const baseUrl = this.#connection?.baseUrl;
    return (await this.history.list()).filter(({ plan }) => plan.baseUrl === baseUrl);
  }

  #count(results: readonly EntryResult[]): void {
    for (const [outcome, count] of Object.entries(countsOf(results))) this.#add(outcome, count);
  }

  #add(outcome: string, count: number): void {
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + count;
  }

  #pick<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.dice() * choices.length)];
  }
}
