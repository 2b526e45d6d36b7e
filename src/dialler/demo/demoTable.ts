import type { WireRecord } from "../api/record/wire";
import { demoCampaignId, demoContact, demoName, firstContactId, inWireOrder } from "./demoContacts";
import { compareNames, orderByName } from "./demoNames";
import { scrambled } from "./dice";
import { demoUserData } from "./oddContacts";

/**
 * The contacts of the demo. Invented contacts are computed when they are read. Only changes are kept in memory:
 * deleted, locked, imported and overwritten contacts.
 */
export class DemoTable {
  readonly #count: number;
  readonly #seed: number;
  readonly #lockMember: string;
  readonly #deleted = new Set<number>();
  readonly #locks = new Map<number, boolean>();
  readonly #written = new Map<number, WireRecord>();
  #imported = 0;
  #order: Uint32Array | undefined;

  /** `lockMember` is the name of the member with the lock; if empty, records do not contain the lock. */
  constructor(count: number, seed: number, lockMember = "bLocked") {
    this.#count = count;
    this.#seed = seed;
    this.#lockMember = lockMember;
  }

  get size(): number {
    return this.#count + this.#imported - this.#deleted.size;
  }

  has(id: number): boolean {
    const known =
      Number.isInteger(id) && id >= firstContactId && id < firstContactId + this.#count + this.#imported;
    return known && !this.#deleted.has(id);
  }

  read(id: number): WireRecord | undefined {
    const record = this.#stored(id);
    if (record === undefined || this.#lockMember === "bLocked") return record;
    const { bLocked, ...others } = record;
    return this.#lockMember === "" ? others : { ...others, [this.#lockMember]: bLocked };
  }

  /** `undefined` if there is no such contact. */
  isLocked(id: number): boolean | undefined {
    return this.has(id) ? this.#stored(id)?.bLocked === true : undefined;
  }

  /**
   * The contacts of one campaign or of all, by name. A generator, so that a long list can be sent while it is created.
   */
  *listed(campaignId?: number): Generator<WireRecord> {
    for (const id of this.#idsByName()) {
      if (campaignId !== undefined && this.#campaignOf(id) !== campaignId) continue;
      const record = this.read(id);
      if (record !== undefined) yield record;
    }
  }

  /** The IDs of the contacts with exactly one of the keys, in the order in which the database finds them. */
  withUserData(keys: ReadonlySet<string>): readonly number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#count; index++) {
      const key = demoUserData(index);
      const id = firstContactId + index;
      if (key !== null && keys.has(key) && this.has(id) && !this.#written.has(id)) found.push(id);
    }
    for (const [id, { UserData: key }] of this.#written) {
      if (typeof key === "string" && keys.has(key)) found.push(id);
    }
    return inDatabaseOrder(found);
  }

  /** False if there is no such contact. The other changes do the same. */
  delete(id: number): boolean {
    if (!this.has(id)) return false;
    this.#deleted.add(id);
    this.#written.delete(id);
    return true;
  }

  setLocked(id: number, locked: boolean): boolean {
    if (!this.has(id)) return false;
    this.#locks.set(id, locked);
    return true;
  }

  /** Adds a contact under the next ID. */
  add(members: WireRecord): number {
    const id = firstContactId + this.#count + this.#imported++;
    this.#written.set(id, inWireOrder(members, { bLocked: false, ID: id }));
    return id;
  }

  /** Sets members of a contact. Members that are not given stay. */
  overwrite(id: number, members: WireRecord): boolean {
    const old = this.#stored(id);
    if (old === undefined) return false;
    this.#written.set(id, inWireOrder(old, members, { ID: id }));
    return true;
  }

  #stored(id: number): WireRecord | undefined {
    if (!this.has(id)) return undefined;
    const record = this.#written.get(id) ?? demoContact(id - firstContactId, this.#seed);
    const locked = this.#locks.get(id);
    return locked === undefined ? record : { ...record, bLocked: locked };
  }

  #campaignOf(id: number): unknown {
    const written = this.#written.get(id);
    return written ? written.DiallerCampaignsID : demoCampaignId(id - firstContactId, this.#seed);
  }

  /** The written contacts are few. They are sorted on each call and merged into the order of the invented ones. */
  *#idsByName(): Generator<number> {
    this.#order ??= orderByName(this.#count, this.#seed);
    const written = [...this.#written].map(([id, { Name }]) => ({
      id,
      name: typeof Name === "string" ? Name : "",
    }));
    written.sort((left, right) => compareNames(left.name, right.name) || left.id - right.id);
    const merged = new Set(written.map(({ id }) => id));
    let next = written.shift();
    for (const index of this.#order) {
      const id = firstContactId + index;
      if (merged.has(id)) continue;
      if (next !== undefined) {
        const name = demoName(index, this.#seed);
        while (next !== undefined && (compareNames(next.name, name) || next.id - id) < 0) {
          yield next.id;
          next = written.shift();
        }
      }
      yield id;
    }
    if (next !== undefined) yield next.id;
    for (const { id } of written) yield id;
  }
}

/** Neither the order of IDs nor that of names, so that the first of several matches is unpredictable. */
export function inDatabaseOrder(ids: readonly number[]): readonly number[] {
  return [...ids].sort((left, right) => scrambled(left) - scrambled(right));
}
