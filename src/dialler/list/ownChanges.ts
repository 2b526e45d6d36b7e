import { type ChangeEffect, lockLeftBy } from "../api/changeRules";
import type { LockState } from "../api/record/contact";
import type { Outcome } from "../runs/outcome";
import type { ContactKey, ContactList } from "./contactList";

/** What a result says of a contact that is listed: its state, that it is gone (undefined), that nobody knows, or nothing. */
export type Effect = { readonly becomes: LockState | undefined } | "inDoubt" | "none";

/** What this extension knows of contacts better than an answer of the server: what it did itself. */
export class OwnChanges {
  /** For servers whose records name no lock. */
  #ownLocks = new Map<number, LockState>();
  #ownLocksAt = "";
  /** What was done while an answer was awaited that may be older; undefined: the contact is gone. */
  #meanwhile = new Map<ContactKey, LockState | undefined>();
  #inDoubt = new Set<ContactKey>();

  /** Another connection; what was done stays known as long as the server is the same. */
  open(baseUrl: string | undefined): void {
    if (baseUrl !== undefined && baseUrl !== this.#ownLocksAt) {
      this.#ownLocks = new Map();
      this.#ownLocksAt = baseUrl;
    }
    this.#inDoubt = new Set();
  }

  /** The first answer is awaited: what was done before is in it. */
  beginAwaiting(): void {
    this.#meanwhile = new Map();
  }

  /** Takes a result over. `effect`: what the action does where it is carried out. */
  note(id: number, outcome: Outcome, effect: ChangeEffect, isAwaiting: boolean): Effect {
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

  /** A change of a listed contact may have been made, and nobody could find out. */
  doubt(key: ContactKey): void {
    this.#inDoubt.add(key);
  }

  isInDoubt(key: ContactKey): boolean {
    return this.#inDoubt.has(key);
  }

  /** The contact has a certain state again, or is gone. */
  settle(key: ContactKey): void {
    this.#inDoubt.delete(key);
  }

  /** What the server has told anew is in doubt no more; the contacts that were. */
  settleAll(list: ContactList): ContactKey[] {
    const settled = [...this.#inDoubt].filter((key) => list.has(key));
    for (const key of settled) this.#inDoubt.delete(key);
    return settled;
  }

  /** The list with what was done while it was on its way, and with locks that the server does not tell. */
  over(list: ContactList): ContactList {
    const changes = new Map<ContactKey, LockState | undefined>();
    for (const [id, lock] of this.#ownLocks) {
      if (list.byKey(String(id))?.lock === "unknown") changes.set(String(id), lock);
    }
    for (const [key, lock] of this.#meanwhile) changes.set(key, lock);
    return list.with(changes);
  }
}
