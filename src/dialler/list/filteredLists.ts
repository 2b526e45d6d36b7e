import type { Contact } from "../api/record/contact";
import type { ContactFilter, FilterContext } from "./contactFilter";
import { type ContactChanges, ContactList } from "./contactList";
import { ContactTable } from "./contactTable";
import { Pause } from "./pause";

interface Matching {
  readonly list: ContactList;
  /** Every contact was looked at. */
  readonly whole: boolean;
}

/** What a filter leaves of the lists there are. Lists are gone through once each; a changed list takes its matches along. */
export class FilteredLists {
  #filter: ContactFilter | undefined;
  #matching = new WeakMap<ContactList, Matching>();
  #running: AbortController | undefined;
  #run: Promise<void> = Promise.resolve();
  readonly #nothing = ContactList.of(new ContactTable());

  /** `lists` are those on show; `changed` is told of another filter, and when more of the matches are known. */
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

  /** Whether there are contacts that were not looked at yet. */
  get isAnythingOpen(): boolean {
    return this.lists().some((list) => this.#isOpen(list));
  }

  /** The matches of a list, as far as they are known. */
  of(list: ContactList): ContactList {
    if (this.#filter === undefined) return list;
    return this.#matching.get(list)?.list ?? this.#nothing;
  }

  /** A list has become another by these changes, and so have its matches. Gives the new list. */
  takeAlong(before: ContactList, after: ContactList, changes: ContactChanges): ContactList {
    const matching = this.#matching.get(before);
    if (matching?.whole === true)
      this.#matching.set(after, { ...matching, list: matching.list.with(changes) });
    return after;
  }

  /** Goes through the lists that have not been gone through. */
  catchUp(): void {
    if (this.#filter === undefined || !this.isAnythingOpen) return;
    // A run under way goes on to these by itself.
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
      const isDuplicate = filter.asksDuplicates ? await this.#duplicates() : (): boolean => false;
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

  /** Whether a contact shares its UserData with another one that is loaded. */
  async #duplicates(): Promise<(contact: Contact) => boolean> {
    const pause = new Pause();
    const counts = new Map<string, number>();
    for (const list of this.lists()) {
      for (let place = 0; place < list.count; place++) {
        const userData = list.at(place)?.userData;
        if (userData !== undefined) counts.set(userData, (counts.get(userData) ?? 0) + 1);
        await pause.ifDue();
      }
    }
    return ({ userData }) => userData !== undefined && (counts.get(userData) ?? 0) > 1;
  }
}
