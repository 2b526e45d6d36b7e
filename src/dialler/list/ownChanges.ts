import { type Change, type ChangeEffect, lockLeftBy } from "../api/changeRules";
import type { LockState } from "../api/record/contact";
import type { EntryResult, Outcome } from "../runs/outcome";
import type { ContactChange, ContactChanges, ContactKey, ContactList } from "./contactList";

/** What a result says about a contact: its new state (undefined: deleted), that its state is unknown, or nothing. */
type Seen = { readonly becomes: LockState | undefined } | "inDoubt" | "none";

/** What applying results needs to know about the lists. */
interface Listing {
  readonly isListed: (key: ContactKey) => boolean;
  /** A list is being loaded, and may be older than the results. */
  readonly isAwaiting: boolean;
}

/** The contacts that running actions have not finished with, on every server. */
export class ChangesUnderWay {
  readonly #changes = new Map<string, Change>();

  begin(baseUrl: string, change: Change, ids: readonly number[]): void {
    for (const id of ids) this.#changes.set(`${id} ${baseUrl}`, change);
  }

  /** Returns those that were under way. */
  end(baseUrl: string, ids: readonly number[]): number[] {
    return ids.filter((id) => this.#changes.delete(`${id} ${baseUrl}`));
  }

  of(baseUrl: string, id: number | string): Change | undefined {
    return this.#changes.get(`${id} ${baseUrl}`);
  }
}

/** Changes by this extension that an answer of the server may not contain yet. */
export class OwnChanges {
  /** For servers whose records do not contain the lock. */
  #ownLocks = new Map<number, LockState>();
  #ownLocksAt = "";
  /** Changes made while an older answer may still arrive. Undefined: the contact is deleted. */
  #meanwhile = new Map<ContactKey, LockState | undefined>();
  #inDoubt = new Set<ContactKey>();

  /** Switches to another connection. The changes are kept if the server is the same. */
  open(baseUrl: string | undefined): void {
    if (baseUrl !== undefined && baseUrl !== this.#ownLocksAt) {
      this.#ownLocks = new Map();
      this.#ownLocksAt = baseUrl;
    }
    this.#inDoubt = new Set();
  }

  /** Starts waiting for an answer, which contains every change made so far. */
  beginAwaiting(): void {
    this.#meanwhile = new Map();
  }

  /**
   * Applies results. `effect`: the effect of the action if it is applied. Returns the changes of listed contacts, and
   * the keys of all rows that look different now.
   */
  take(
    results: readonly EntryResult[],
    effect: ChangeEffect,
    { isListed, isAwaiting }: Listing,
  ): { readonly changes: ContactChanges; readonly touched: readonly ContactKey[] } {
    const changes = new Map<ContactKey, ContactChange>();
    const touched: ContactKey[] = [];
    for (const { id, outcome, now } of results) {
      if (id === undefined) continue;
      const key = String(id);
      if (now !== undefined && isListed(key)) {
        touched.push(key);
        changes.set(key, now.contact);
      }
      const seen = this.#note(id, outcome, effect, isAwaiting);
      if (seen === "none" || !isListed(key)) continue;
      touched.push(key);
      if (seen === "inDoubt") this.#inDoubt.add(key);
      else {
        this.#inDoubt.delete(key);
        changes.set(key, seen.becomes);
      }
    }
    // A deleted contact is not in doubt, whatever other results say.
    for (const [key, lock] of changes) if (lock === undefined) this.#inDoubt.delete(key);
    return { changes, touched };
  }

  /** Whether a change of the contact may have been applied, and reading it again did not show whether it was. */
  isInDoubt(key: ContactKey): boolean {
    return this.#inDoubt.has(key);
  }

  /** The server has just sent the state of these contacts. Returns the contacts that were in doubt. */
  settleAll(list: ContactList): ContactKey[] {
    const settled = [...this.#inDoubt].filter((key) => list.has(key));
    for (const key of settled) this.#inDoubt.delete(key);
    return settled;
  }

  /** The list with the changes made while it was loading, and with locks that the server does not report. */
  over(list: ContactList): ContactList {
    const changes = new Map<ContactKey, LockState | undefined>();
    for (const [id, lock] of this.#ownLocks) {
      if (list.byKey(String(id))?.lock === "unknown") changes.set(String(id), lock);
    }
    for (const [key, lock] of this.#meanwhile) changes.set(key, lock);
    return list.with(changes);
  }

  #note(id: number, outcome: Outcome, effect: ChangeEffect, isAwaiting: boolean): Seen {
    const key = String(id);
    const lock = lockLeftBy(effect);
    const removes =
      outcome === "notFound" || (effect === "removes" && (outcome === "done" || outcome === "gone"));
    const locks = lock !== undefined && outcome === "done";
    if (locks) this.#ownLocks.set(id, lock);
    if (lock !== undefined && outcome === "unknown") this.#ownLocks.delete(id);
    if (isAwaiting && (removes || locks)) this.#meanwhile.set(key, removes ? undefined : lock);
    if (outcome === "unknown") return "inDoubt";
    return removes || locks ? { becomes: removes ? undefined : lock } : "none";
  }
}
