import type { Contact, LockState } from "../api/record/contact";
import type { ByteSearch } from "../api/scan/byteSearch";
import type { PackedContacts } from "../api/scan/packedContacts";

/** A place in the table; the same for as long as the table lives. */
export type TableRow = number;

/**
 * The contacts of one list reply in the server's order, kept as they were packed. Grows while the reply arrives and
 * never changes otherwise, so that any number of lists can share it.
 */
export class ContactTable {
  readonly #batches: PackedContacts[] = [];
  /** The first row of each batch. */
  readonly #starts: number[] = [];
  readonly #byId = new RowsById();
  /** Rows whose ID came again in a later row; that one counts. */
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

  /** A table for each group that `groupOf` tells of a row. */
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

  /** The row of an ID; undefined when no contact of the table has it. */
  rowOf(id: number): TableRow | undefined {
    return this.#byId.get(id);
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
   * Tells of a row whether all of the searches find something in it, without decoding anything. Except for the first
   * ones, rows are looked at together with their neighbours, which is faster: they are near in memory, too.
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

  /** @throws RangeError for a row that is not in the table; a defect of ours */
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

/** So many rows, more than a screen shows of a frequent word, are looked at one by one. */
const askedAlone = 10_000;

function foundIn(batch: PackedContacts, searches: readonly ByteSearch[]): Uint8Array {
  const found = new Uint8Array(batch.count);
  for (let index = 0; index < found.length; index++) found[index] = Number(batch.isFound(index, searches));
  return found;
}

const noRow = 0;

/** Rows by ID: open addressing over typed arrays, a fifth of what a Map of numbers takes. */
class RowsById {
  /** Row + 1; 0 where nothing is. */
  #rows = new Int32Array(1024);
  #ids = new Float64Array(1024);
  #used = 0;

  get(id: number): TableRow | undefined {
    const row = this.#rows[this.#placeOf(id)] ?? noRow;
    return row === noRow ? undefined : row - 1;
  }

  /** Gives the row that the ID had before, if it had one. */
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
    // The upper bits of an ID above 2^32 take part, too.
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
