import type { Contact } from "../api/contact";
import { type SortBy, sortContacts } from "./contactFilter";

/** What a key stands for: the ID, or the place in the reply for a contact whose ID cannot be used. */
export type ContactKey = string;

/** A contact in a list, with the key under which the list knows it. */
export interface Listed {
  readonly key: ContactKey;
  readonly contact: Contact;
}

/**
 * The contacts of one list in one order. Never changes; a change makes another list. How the contacts are kept is
 * behind `count`, `slice`, `byKey` and `indexOf`, and nobody else's business.
 */
export class ContactList {
  readonly #listed: readonly Listed[];
  readonly #places: ReadonlyMap<ContactKey, number>;
  readonly lockedCount: number;

  private constructor(
    listed: readonly Listed[],
    readonly sortBy: SortBy,
  ) {
    this.#listed = listed;
    this.#places = new Map(listed.map(({ key }, place) => [key, place]));
    this.lockedCount = listed.filter(({ contact }) => contact.lock === "locked").length;
  }

  /**
   * A contact that the reply holds twice is listed once, as it stood last. `scope` tells lists apart that are shown
   * together: a contact without a usable ID has nothing else by which it could be told from one in another list.
   */
  static of(contacts: readonly Contact[], sortBy: SortBy, scope = ""): ContactList {
    const unique = new Map<ContactKey, Contact>();
    contacts.forEach((contact, place) => unique.set(keyOf(contact, place, scope), contact));
    return ContactList.#ordered(unique, sortBy);
  }

  static #ordered(contacts: ReadonlyMap<ContactKey, Contact>, sortBy: SortBy): ContactList {
    const keys = new Map([...contacts].map(([key, contact]) => [contact, key]));
    const listed = sortContacts([...contacts.values()], sortBy).map((contact) => {
      return { key: keys.get(contact) ?? "", contact };
    });
    return new ContactList(listed, sortBy);
  }

  get count(): number {
    return this.#listed.length;
  }

  /** From `start` up to but without `end`, as they are ordered. */
  slice(start = 0, end = this.count): readonly Listed[] {
    return this.#listed.slice(start, end);
  }

  byKey(key: ContactKey): Contact | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#listed[place]?.contact;
  }

  /** The place in the current order; undefined when it is not listed. */
  indexOf(key: ContactKey): number | undefined {
    return this.#places.get(key);
  }

  sorted(sortBy: SortBy): ContactList {
    if (sortBy === this.sortBy) return this;
    return ContactList.#ordered(new Map(this.#listed.map(({ key, contact }) => [key, contact])), sortBy);
  }

  /** The list after changes: another contact under its key, or `undefined` for one that is gone. Places stay as they are. */
  with(changes: ReadonlyMap<ContactKey, Contact | undefined>): ContactList {
    if (![...changes.keys()].some((key) => this.#places.has(key))) return this;
    const listed: Listed[] = [];
    for (const entry of this.#listed) {
      const contact = changes.has(entry.key) ? changes.get(entry.key) : entry.contact;
      if (contact === entry.contact) listed.push(entry);
      else if (contact !== undefined) listed.push({ key: entry.key, contact });
    }
    return new ContactList(listed, this.sortBy);
  }
}

/** The key of a contact; `place` and `scope` tell contacts without a usable ID apart. */
export function keyOf(contact: Contact, place: number, scope = ""): ContactKey {
  return contact.id === undefined ? `?${scope}.${place}` : String(contact.id);
}
