import type { ContactList } from "../../../dialler/list/contactList";
import type { ContactRow } from "../../../dialler/list/rows";

/** The rows drawn whose UserData no other loaded contact had, so that they can be drawn again once another one has it. */
export class LoneRows {
  readonly #userData = new Map<ContactRow, string>();

  /** A row is drawn. */
  note(row: ContactRow, userData: string | undefined, shared: boolean): void {
    if (userData === undefined || shared) this.#userData.delete(row);
    else this.#userData.set(row, userData);
  }

  /** The rows outside this list with a UserData that a contact of it has. */
  joinedBy(list: ContactList): ContactRow[] {
    return [...this.#userData]
      .filter(([{ key }, userData]) => !list.has(key) && list.countWithUserData(userData, 1) > 0)
      .map(([row]) => row);
  }

  /** Every row is about to be drawn again. */
  clear(): void {
    this.#userData.clear();
  }
}
