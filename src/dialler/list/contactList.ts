import type { Contact, LockState } from "../api/record/contact";
import type { ContactFilter } from "./contactFilter";
import type { ContactTable, TableRow } from "./contactTable";
import type { FilterContext } from "./filterFields";
import { Pause } from "./pause";

/** Enough matches to fill a screen are shown before the search is complete. */
const firstPage = 100;
/** After this time, fewer matches are shown as well. */
const someMatchesMs = 100;
const reportEveryMs = 250;

/** The ID, or the position in the reply for a contact without a usable ID. */
export type ContactKey = string;

/** A contact of a list, with its key. */
export interface Listed {
  readonly key: ContactKey;
  readonly contact: Contact;
}

/** The new lock state, the whole contact where it was read again, or undefined where it was deleted. */
export type ContactChange = LockState | Contact | undefined;

/** Changes of contacts since they were listed. */
export type ContactChanges = ReadonlyMap<ContactKey, ContactChange>;

/** What has changed of the contacts of a table after it was created. */
interface Changed {
  readonly locks: ReadonlyMap<TableRow, LockState>;
  readonly gone: ReadonlySet<TableRow>;
  /** Contacts that were read again. */
  readonly newer: ReadonlyMap<TableRow, Contact>;
}

const nothingChanged: Changed = { locks: new Map(), gone: new Set(), newer: new Map() };

/**
 * The contacts of one list in one order. Immutable: a change creates another list. Callers see only `count`, `slice`,
 * `byKey` and `indexOf`, not how the contacts are stored.
 */
export class ContactList {
  readonly #table: ContactTable;
  readonly #order: Uint32Array;
  readonly #scope: string;
  readonly #changed: Changed;
  /** Whether the order leaves out contacts of the table that are not gone: a filter hides them. */
  readonly #isPart: boolean;
  #locked: number | undefined;

  private constructor(
    table: ContactTable,
    order: Uint32Array,
    scope: string,
    changed = nothingChanged,
    isPart = false,
  ) {
    this.#table = table;
    this.#order = order;
    this.#scope = scope;
    this.#changed = changed;
    this.#isPart = isPart;
  }

  /**
   * The current contacts of a table, in its order. A contact that the reply contains twice is listed once, in its last
   * state. `scope` distinguishes contacts without a usable ID in lists that are shown together.
   */
  static of(table: ContactTable, scope = ""): ContactList {
    return new ContactList(table, liveRows(table), scope);
  }

  get count(): number {
    return this.#order.length;
  }

  get lockedCount(): number {
    if (this.#locked === undefined) {
      this.#locked = 0;
      for (const row of this.#order) if (this.#lockAt(row) === "locked") this.#locked++;
    }
    return this.#locked;
  }

  /** The contacts from `start` to before `end`, in order. */
  slice(start = 0, end = this.count): readonly Listed[] {
    return Array.from(this.#order.subarray(start, end), (row) => this.#listedAt(row));
  }

  /** Only the keys, which is faster. */
  keys(start = 0, end = this.count): readonly ContactKey[] {
    return Array.from(this.#order.subarray(start, end), (row) => this.#keyOf(row));
  }

  /** The contact at a position in the order; undefined outside it. */
  at(place: number): Contact | undefined {
    const row = this.#order[place];
    return row === undefined ? undefined : this.#contactAt(row);
  }

  /** The contact with this key, hidden by a filter or not. */
  byKey(key: ContactKey): Contact | undefined {
    const row = this.#rowOf(key);
    return row === undefined ? undefined : this.#contactAt(row);
  }

  /** Whether the contact is in this very list: false for one that a filter hides. */
  has(key: ContactKey): boolean {
    return this.#isPart ? this.indexOf(key) !== undefined : this.#rowOf(key) !== undefined;
  }

  /** The position in the current order; undefined if it is not listed. */
  indexOf(key: ContactKey): number | undefined {
    const row = this.#rowOf(key);
    const place = row === undefined ? -1 : this.#order.indexOf(row);
    return place === -1 ? undefined : place;
  }

  /** The number of contacts with exactly this UserData, counted up to `most`, hidden by a filter or not; 0 while the list arrives. */
  countWithUserData(userData: string, most: number): number {
    let count = 0;
    for (const row of this.#table.rowsWithUserData(userData)) {
      if (this.#changed.gone.has(row) || this.#table.superseded.has(row)) continue;
      if (++count >= most) break;
    }
    return count;
  }

  /** The same contacts in the order that `orderOf` finds for their rows. */
  async sorted(
    orderOf: (
      table: ContactTable,
      rows: Uint32Array,
      lockAt: (row: TableRow) => LockState,
    ) => Promise<Uint32Array>,
  ): Promise<ContactList> {
    const order = await orderOf(this.#table, this.#order, (row) => this.#lockAt(row));
    return new ContactList(this.#table, order, this.#scope, this.#changed, this.#isPart);
  }

  /**
   * The matching contacts, in the same order. Works in slices. Calls `found` early with the first matches, and then at
   * most four times a second. Undefined if it was cancelled.
   */
  async filtered(
    filter: ContactFilter,
    context: FilterContext,
    cancelled: AbortSignal,
    found: (sofar: ContactList) => void,
  ): Promise<ContactList | undefined> {
    const rows: TableRow[] = [];
    const listOf = (): ContactList =>
      new ContactList(this.#table, Uint32Array.from(rows), this.#scope, this.#changed, true);
    const mayMatchAsListed = this.#table.finder(filter.searches);
    const mayMatch = (row: TableRow): boolean => this.#changed.newer.has(row) || mayMatchAsListed(row);
    const pause = new Pause();
    const beganAt = performance.now();
    let reportedAt: number | undefined;
    for (const [place, row] of this.#order.entries()) {
      if (mayMatch(row) && filter.matches(this.#contactAt(row), context)) rows.push(row);
      if (place % 16 !== 0 || !pause.isDue) continue;
      await pause.ifDue();
      if (cancelled.aborted) return undefined;
      const now = performance.now();
      const some = rows.length > 0 && now - beganAt >= someMatchesMs;
      const isFirst = reportedAt === undefined && (some || rows.length >= firstPage);
      if (!isFirst && now - (reportedAt ?? beganAt) < reportEveryMs) continue;
      reportedAt = now;
      found(listOf());
    }
    return cancelled.aborted ? undefined : listOf();
  }

  /** The list after the changes. Positions are kept. */
  with(changes: ContactChanges): ContactList {
    const locks = new Map(this.#changed.locks);
    const gone = new Set(this.#changed.gone);
    const newer = new Map(this.#changed.newer);
    let changed = false;
    for (const [key, change] of changes) {
      const row = this.#rowOf(key);
      if (row === undefined) continue;
      changed = true;
      if (change === undefined) gone.add(row);
      else if (typeof change === "string") locks.set(row, change);
      else {
        newer.set(row, change);
        if (change.lock !== "unknown") locks.set(row, change.lock);
      }
    }
    if (!changed) return this;
    const order =
      gone.size === this.#changed.gone.size ? this.#order : this.#order.filter((row) => !gone.has(row));
    return new ContactList(this.#table, order, this.#scope, { locks, gone, newer }, this.#isPart);
  }

  #rowOf(key: ContactKey): TableRow | undefined {
    const row = key.startsWith("?") ? this.#rowWithoutId(key) : this.#table.rowOf(Number(key));
    return row === undefined || this.#changed.gone.has(row) ? undefined : row;
  }

  #rowWithoutId(key: ContactKey): TableRow | undefined {
    const row = Number(key.slice(key.lastIndexOf(".") + 1));
    return row < this.#table.count && this.#keyOf(row) === key ? row : undefined;
  }

  #listedAt(row: TableRow): Listed {
    const contact = this.#contactAt(row);
    return { key: keyOf(contact.id, row, this.#scope), contact };
  }

  #keyOf(row: TableRow): ContactKey {
    return keyOf(this.#table.idAt(row), row, this.#scope);
  }

  #contactAt(row: TableRow): Contact {
    const contact = this.#changed.newer.get(row) ?? this.#table.contactAt(row);
    const lock = this.#changed.locks.get(row);
    return lock === undefined ? contact : { ...contact, lock };
  }

  #lockAt(row: TableRow): LockState {
    return this.#changed.locks.get(row) ?? this.#table.lockAt(row);
  }
}

/** `place` and `scope` distinguish contacts without a usable ID. */
function keyOf(id: number | undefined, place: number, scope: string): ContactKey {
  return id === undefined ? `?${scope}.${place}` : String(id);
}

function liveRows(table: ContactTable): Uint32Array {
  const rows = new Uint32Array(table.count);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return table.superseded.size === 0 ? rows : rows.filter((row) => !table.superseded.has(row));
}
