import type { Contact } from "../api/record/contact";
import type { ContactFilter } from "./contactFilter";
import { type ContactChanges, ContactList } from "./contactList";
import { ContactTable } from "./contactTable";
import { digitsOf, type DuplicateOf, type FilterContext } from "./filterFields";
import { Pause } from "./pause";

interface Matching {
  readonly list: ContactList;
  /** All contacts of the list were searched. */
  readonly whole: boolean;
}

/** The matches of a filter in all lists. Each list is searched once. A changed list keeps its matches. */
export class FilteredLists {
  #filter: ContactFilter | undefined;
  #matching = new WeakMap<ContactList, Matching>();
  #running: AbortController | undefined;
  #run: Promise<void> = Promise.resolve();
  readonly #nothing = ContactList.of(new ContactTable());

  /** `lists` returns the visible lists. `changed` is called for a new filter, and when more matches are known. */
  constructor(
    readonly lists: () => readonly ContactList[],
    readonly campaignName: FilterContext["campaignName"],
    readonly changed: (change: "filter" | "matches") => void,
  ) {}

  get filter(): ContactFilter | undefined {
    return this.#filter;
  }

  setFilter(filter: ContactFilter | undefined): void {
    if (filter?.text === this.#filter?.text) return;
    this.#running?.abort();
    this.#running = undefined;
    this.#filter = filter;
    this.#matching = new WeakMap();
    this.changed("filter");
  }

  /** Whether there are contacts that were not searched yet. */
  get isAnythingOpen(): boolean {
    return this.lists().some((list) => this.#isOpen(list));
  }

  /** The matches of a list that are known so far. */
  of(list: ContactList): ContactList {
    if (this.#filter === undefined) return list;
    return this.#matching.get(list)?.list ?? this.#nothing;
  }

  /** Applies the changes between two versions of a list to its matches. Returns the new list. */
  carryOver(before: ContactList, after: ContactList, changes: ContactChanges): ContactList {
    const matching = this.#matching.get(before);
    if (matching?.whole === true)
      this.#matching.set(after, { ...matching, list: matching.list.with(changes) });
    return after;
  }

  /** Searches the lists that were not searched yet. */
  catchUp(): void {
    if (this.#filter === undefined || !this.isAnythingOpen) return;
    // A search in progress continues with these lists by itself.
    if (this.#running !== undefined) return;
    const running = (this.#running = new AbortController());
    this.#run = this.#go(this.#filter, running.signal).finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
  }

  async settled(): Promise<void> {
    let run: Promise<void>;
    do {
      run = this.#run;
      await run;
    } while (run !== this.#run);
  }

  #isOpen(list: ContactList): boolean {
    return this.#matching.get(list)?.whole !== true;
  }

  async #go(filter: ContactFilter, cancelled: AbortSignal): Promise<void> {
    for (;;) {
      const list = this.lists().find((candidate) => this.#isOpen(candidate));
      if (list === undefined || cancelled.aborted) return;
      const isDuplicate = await this.#duplicates(filter.asksDuplicates);
      const context = { campaignName: this.campaignName, isDuplicate };
      const matches = await list.filtered(filter, context, cancelled, (sofar) => {
        this.#matching.set(list, { list: sofar, whole: false });
        this.changed("matches");
      });
      if (matches === undefined || this.#filter !== filter) return;
      this.#matching.set(list, { list: matches, whole: true });
      this.changed("matches");
    }
  }

  /** Whether a contact shares its UserData or a number with another one that is loaded. */
  async #duplicates(asked: readonly DuplicateOf[]): Promise<FilterContext["isDuplicate"]> {
    const pause = new Pause();
    const counts = new Map(asked.map((of) => [of, new Map<string, number>()]));
    for (const list of asked.length === 0 ? [] : this.lists()) {
      for (let place = 0; place < list.count; place++) {
        const contact = list.at(place);
        for (const [of, counted] of counts)
          for (const key of contact === undefined ? [] : keysOf(contact, of))
            counted.set(key, (counted.get(key) ?? 0) + 1);
        await pause.ifDue();
      }
    }
    return (contact, of) => keysOf(contact, of).some((key) => (counts.get(of)?.get(key) ?? 0) > 1);
  }
}

/** What makes a contact a duplicate of another one. A number that one contact has twice counts once. */
function keysOf({ userData, phoneNumbers }: Contact, of: DuplicateOf): readonly string[] {
  switch (of) {
    case "userData":
      return userData === undefined ? [] : [userData];
    case "phone":
      return [...new Set(phoneNumbers.map(({ number }) => digitsOf(number)))].filter(
        (digits) => digits !== "",
      );
  }
}
