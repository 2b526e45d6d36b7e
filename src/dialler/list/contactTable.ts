import { type Contact, type LockState, slots } from "../api/record/contact";
import type { ByteSearch } from "../api/scan/byteSearch";
import type { PackedContacts } from "../api/scan/packedContacts";
import { RowsByText } from "./rowsByText";

/** A position in the table. It never changes while the table exists. */
export type TableRow = number;

/**
 * The packed contacts of one list reply, in the server's order. Grows while the reply arrives and never changes
 * otherwise, so that many lists can share it.
 */
export class ContactTable {
  readonly #batches: PackedContacts[] = [];
  /** The first row of each batch. */
  readonly #starts: number[] = [];
  readonly #byId = new RowsById();
  readonly #byUserData = new RowsByText({
    textOf: (row) => this.textAt(row, slots.userData),
    hashOf: (row) => this.#hashAt(row, slots.userData),
  });
  /** Rows whose ID appears again in a later row, which replaces them. */
  readonly #superseded = new Set<TableRow>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get superseded(): ReadonlySet<TableRow> {
    return this.#superseded;
  }

  add(batch: PackedContacts): void {
    if (batch.count === 0) return;
    this.#batches.push(batch);
    this.#starts.push(this.#count);
    for (let index = 0; index < batch.count; index++) {
      const id = batch.idAt(index);
      const before = id === undefined ? undefined : this.#byId.set(id, this.#count);
      if (before !== undefined) this.#superseded.add(before);
      this.#count++;
    }
  }

  /** Splits the rows into one table for each group that `groupOf` returns. */
  split(groupOf: (row: TableRow) => number): Map<number, ContactTable> {
    const tables = new Map<number, ContactTable>();
    for (const [place, batch] of this.#batches.entries()) {
      const start = this.#starts[place] ?? 0;
      const indices = new Map<number, number[]>();
      for (let index = 0; index < batch.count; index++) {
        const group = groupOf(start + index);
        const members = indices.get(group);
        if (members === undefined) indices.set(group, [index]);
        else members.push(index);
      }
      for (const [group, members] of indices) {
        const table = tables.get(group) ?? new ContactTable();
        table.add(batch.pick(members));
        tables.set(group, table);
      }
    }
    return tables;
  }

  /** The row of an ID; undefined if no contact of the table has it. */
  rowOf(id: number): TableRow | undefined {
    return this.#byId.get(id);
  }

  /** Makes the rows findable by their UserData. Works in slices. */
  indexUserData(): Promise<void> {
    return this.#byUserData.include(this.#count);
  }

  /** The rows with exactly this UserData, superseded ones included; none before they were indexed. */
  rowsWithUserData(userData: string): Iterable<TableRow> {
    return this.#byUserData.rowsWith(userData);
  }

  /** Undefined for an ID that cannot be sent. */
  idAt(row: TableRow): number | undefined {
    const [batch, index] = this.#find(row);
    return batch.idAt(index);
  }

  contactAt(row: TableRow): Contact {
    const [batch, index] = this.#find(row);
    return batch.contactAt(index);
  }

  textAt(row: TableRow, slot: number): string {
    const [batch, index] = this.#find(row);
    return batch.textAt(index, slot);
  }

  /**
   * Returns a function that checks whether all searches find something in a row, without decoding it. After the first
   * rows, whole batches are searched at once, which is faster because their rows are adjacent in memory.
   */
  finder(searches: readonly ByteSearch[]): (row: TableRow) => boolean {
    if (searches.length === 0) return () => true;
    const found: (Uint8Array | undefined)[] = this.#batches.map(() => undefined);
    let asked = 0;
    return (row) => {
      const place = this.#batchOf(row);
      const batch = this.#batches[place];
      const index = row - (this.#starts[place] ?? 0);
      if (batch === undefined) return false;
      if (asked++ < askedAlone) return batch.isFound(index, searches);
      const together = (found[place] ??= foundIn(batch, searches));
      return together[index] === 1;
    };
  }

  lockAt(row: TableRow): LockState {
    const [batch, index] = this.#find(row);
    return batch.lockAt(index);
  }

  #hashAt(row: TableRow, slot: number): number {
    const [batch, index] = this.#find(row);
    return batch.hashAt(index, slot);
  }

  /** @throws RangeError for a row that is not in the table, which is a bug */
  #find(row: TableRow): [PackedContacts, number] {
    const place = this.#batchOf(row);
    const batch = this.#batches[place];
    const index = row - (this.#starts[place] ?? 0);
    if (batch === undefined || index < 0 || index >= batch.count) throw new RangeError(`no row ${row}`);
    return [batch, index];
  }

  #batchOf(row: TableRow): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? Infinity) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The number of rows that are searched one by one, more than a screen shows for a frequent word. */
const askedAlone = 10_000;

function foundIn(batch: PackedContacts, searches: readonly ByteSearch[]): Uint8Array {
  const found = new Uint8Array(batch.count);
  for (let index = 0; index < found.length; index++) found[index] = Number(batch.isFound(index, searches));
  return found;
}

const noRow = 0;

/** Rows by ID, with open addressing over typed arrays, in a fifth of the memory of a Map of numbers. */
class RowsById {
  /** Row + 1; 0 for an empty place. */
  #rows = new Int32Array(1024);
  #ids = new Float64Array(1024);
  #used = 0;

  get(id: number): TableRow | undefined {
    const row = this.#rows[this.#placeOf(id)] ?? noRow;
    return row === noRow ? undefined : row - 1;
  }

  /** Returns the previous row of the ID, if it had one. */
  set(id: number, row: TableRow): TableRow | undefined {
    if (2 * this.#used >= this.#rows.length) this.#grow();
    const place = this.#placeOf(id);
    const before = this.#rows[place] ?? noRow;
    this.#rows[place] = row + 1;
    this.#ids[place] = id;
    if (before !== noRow) return before - 1;
    this.#used++;
    return undefined;
  }

  #placeOf(id: number): number {
    const mask = this.#rows.length - 1;
    // Also uses the upper bits of an ID above 2^32.
    let place = (Math.imul(id | 0, 0x9e3779b1) ^ Math.floor(id / 2 ** 32)) & mask;
    while (this.#rows[place] !== noRow && this.#ids[place] !== id) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const rows = this.#rows;
    const ids = this.#ids;
    this.#rows = new Int32Array(2 * rows.length);
    this.#ids = new Float64Array(2 * ids.length);
    for (let place = 0; place < rows.length; place++) {
      if (rows[place] === noRow) continue;
      const id = ids[place] ?? 0;
      const target = this.#placeOf(id);
      this.#rows[target] = rows[place] ?? noRow;
      this.#ids[target] = id;
    }
  }
}
