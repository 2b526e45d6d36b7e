import type { Connection } from "../endpoint/connect";
import type { ContactKey } from "./contactList";

/**
 * The element that a tree lists and a command receives: a contact and the connection that it came from. Stays the same
 * object as long as the contact is listed. Commands recognise it by its class; an object that only looks like it is
 * refused.
 */
export class ContactRow {
  constructor(
    readonly connection: Connection,
    readonly key: ContactKey,
  ) {}
}

/** A range of a long list: the contacts of one page, in the current order. */
export class GroupRow {
  constructor(
    readonly connection: Connection,
    /** The campaign that the list belongs to; undefined for the flat list. */
    readonly campaignId: number | undefined,
    readonly index: number,
  ) {}
}

/** A campaign of the tree. `campaignId` 0 is for contacts without a campaign. */
export class CampaignRow {
  constructor(
    readonly connection: Connection,
    readonly campaignId: number,
  ) {}
}

/** The rows of one connection, each the same object as long as its contact or campaign is listed. */
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

  /** The row of a contact, if it was shown before. */
  known(key: ContactKey): ContactRow | undefined {
    return this.#contacts.get(key);
  }

  forget(key: ContactKey): void {
    this.#contacts.delete(key);
  }
}

/**
 * What changed: everything, the contents of one campaign, or single rows. `progress`: no row looks different, so a tree
 * need not be redrawn.
 */
export type StoreChange =
  | { readonly kind: "progress" }
  | { readonly kind: "all" }
  | { readonly kind: "campaign"; readonly row: CampaignRow }
  | { readonly kind: "rows"; readonly rows: readonly ContactRow[] };
