import type { Contact, LockState } from "../api/record/contact";
import type { ContactFilter, FilterContext } from "./contactFilter";
import type { ContactTable, TableRow } from "./contactTable";
import { Pause } from "./pause";

/** As many matches as a screen shows are worth showing before the last contact was looked at. */
const firstPage = 100;
/** By then fewer matches are worth showing, too. */
const someMatchesMs = 100;
const tellEveryMs = 250;

/** What a key stands for: the ID, or the place in the reply for a contact whose ID cannot be used. */
export type ContactKey = string;

/** A contact in a list, with the key under which the list knows it. */
export interface Listed {
  readonly key: ContactKey;
  readonly contact: Contact;
}

/** What has happened to contacts since they were listed: a lock that is known to be another, or gone (undefined). */
export type ContactChanges = ReadonlyMap<ContactKey, LockState | undefined>;

/**
 * The contacts of one list in one order. Never changes; a change makes another list. How the contacts are kept is
 * behind `count`, `slice`, `byKey` and `indexOf`, and nobody else's business.
 */
export class ContactList {
  readonly #table: ContactTable;
  readonly #order: Uint32Array;
  /** Locks that were changed after the table was made. */
  readonly #locks: ReadonlyMap<TableRow, LockState>;
  readonly #gone: ReadonlySet<TableRow>;
  readonly #scope: string;
  #locked: number | undefined;

  private constructor(
    table: ContactTable,
    order: Uint32Array,
    scope: string,
    locks: ReadonlyMap<TableRow, LockState> = new Map(),
    gone: ReadonlySet<TableRow> = new Set(),
  ) {
    this.#table = table;
    this.#order = order;
    this.#scope = scope;
    this.#locks = locks;
    this.#gone = gone;
  }

  /**
   * The contacts that a table holds now, in its order. A contact that the reply holds twice is listed once, as it
   * stood last. `scope` tells lists apart that are shown together: a contact without a usable ID has nothing else by
   * which it could be told from one in another list.
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

  /** From `start` up to but without `end`, as they are ordered. */
  slice(start = 0, end = this.count): readonly Listed[] {
    return Array.from(this.#order.subarray(start, end), (row) => this.#listedAt(row));
  }

  /** The keys alone, which is cheaper. */
  keys(start = 0, end = this.count): readonly ContactKey[] {
    return Array.from(this.#order.subarray(start, end), (row) => this.#keyOf(row));
  }

  /** The contact at a place of the order; undefined outside it. */
  at(place: number): Contact | undefined {
    const row = this.#order[place];
    return row === undefined ? undefined : this.#contactAt(row);
  }

  byKey(key: ContactKey): Contact | undefined {
    const row = this.#rowOf(key);
    return row === undefined ? undefined : this.#contactAt(row);
  }

  has(key: ContactKey): boolean {
    return this.#rowOf(key) !== undefined;
  }

  /** The place in the current order; undefined when it is not listed. */
  indexOf(key: ContactKey): number | undefined {
    const row = this.#rowOf(key);
    const place = row === undefined ? -1 : this.#order.indexOf(row);
    return place === -1 ? undefined : place;
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
    return new ContactList(this.#table, order, this.#scope, this.#locks, this.#gone);
  }

  /**
   * Those of the contacts that match, in the same order. Works in slices; `found` is told of the first ones early and
   * again at most four times a second. Undefined when it was cancelled.
   */
  async filtered(
    filter: ContactFilter,
    context: FilterContext,
    cancelled: AbortSignal,
    found: (sofar: ContactList) => void,
  ): Promise<ContactList | undefined> {
    const rows: TableRow[] = [];
    const listOf = (): ContactList =>
      new ContactList(this.#table, Uint32Array.from(rows), this.#scope, this.#locks, this.#gone);
    const mayMatch = this.#table.finder(filter.searches);
    const pause = new Pause();
    const beganAt = performance.now();
    let toldAt: number | undefined;
    for (const [place, row] of this.#order.entries()) {
      if (mayMatch(row) && filter.matches(this.#contactAt(row), context)) rows.push(row);
      if (place % 16 !== 0 || !pause.isDue) continue;
      await pause.ifDue();
      if (cancelled.aborted) return undefined;
      const now = performance.now();
      const some = rows.length > 0 && now - beganAt >= someMatchesMs;
      const isFirst = toldAt === undefined && (some || rows.length >= firstPage);
      if (!isFirst && now - (toldAt ?? beganAt) < tellEveryMs) continue;
      toldAt = now;
      found(listOf());
    }
    return cancelled.aborted ? undefined : listOf();
  }

  /** The list after changes. Places stay as they are. */
  with(changes: ContactChanges): ContactList {
    const locks = new Map(this.#locks);
    const gone = new Set(this.#gone);
    let changed = false;
    for (const [key, lock] of changes) {
      const row = this.#rowOf(key);
      if (row === undefined) continue;
      changed = true;
      if (lock === undefined) gone.add(row);
      else locks.set(row, lock);
    }
    if (!changed) return this;
    const order = gone.size === this.#gone.size ? this.#order : this.#order.filter((row) => !gone.has(row));
    return new ContactList(this.#table, order, this.#scope, locks, gone);
  }

  #rowOf(key: ContactKey): TableRow | undefined {
    const row = key.startsWith("?") ? this.#rowWithoutId(key) : this.#table.rowOf(Number(key));
    return row === undefined || this.#gone.has(row) ? undefined : row;
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
    const contact = this.#table.contactAt(row);
    const lock = this.#locks.get(row);
    return lock === undefined ? contact : { ...contact, lock };
  }

  #lockAt(row: TableRow): LockState {
    return this.#locks.get(row) ?? this.#table.lockAt(row);
  }
}

/** `place` and `scope` tell contacts without a usable ID apart. */
function keyOf(id: number | undefined, place: number, scope: string): ContactKey {
  return id === undefined ? `?${scope}.${place}` : String(id);
}

function liveRows(table: ContactTable): Uint32Array {
  const rows = new Uint32Array(table.count);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return table.superseded.size === 0 ? rows : rows.filter((row) => !table.superseded.has(row));
}
