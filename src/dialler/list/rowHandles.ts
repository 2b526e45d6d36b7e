import type { Connection } from "../endpoint/connect";
import type { ContactKey } from "./contactList";
import { CampaignRow, ContactRow } from "./rows";

/** The rows of one connection: the same object for as long as its contact or campaign is listed. */
export class RowHandles {
  readonly #contacts = new Map<ContactKey, ContactRow>();
  readonly #campaigns = new Map<number, CampaignRow>();

  contact(connection: Connection, key: ContactKey): ContactRow {
    let row = this.#contacts.get(key);
    if (row === undefined) this.#contacts.set(key, (row = new ContactRow(connection, key)));
    return row;
  }

  campaign(connection: Connection, id: number): CampaignRow {
    let row = this.#campaigns.get(id);
    if (row === undefined) this.#campaigns.set(id, (row = new CampaignRow(connection, id)));
    return row;
  }

  /** The row of a contact, if anybody has seen it. */
  known(key: ContactKey): ContactRow | undefined {
    return this.#contacts.get(key);
  }

  forget(key: ContactKey): void {
    this.#contacts.delete(key);
  }
}
