import type { Connection } from "../endpoint/connect";
import type { ContactKey } from "./contactList";

/**
 * What a tree lists and a command receives: which contact, and the connection it came from. The same object for as
 * long as the contact is listed. Recognised by its class, so that nobody can hand in a look-alike.
 */
export class ContactRow {
  constructor(
    readonly connection: Connection,
    readonly key: ContactKey,
  ) {}
}

/** A range of a list that is too long to be shown at once: the contacts of one page, in the current order. */
export class GroupRow {
  constructor(
    readonly connection: Connection,
    /** The campaign that the list belongs to; undefined for the flat list. */
    readonly campaignId: number | undefined,
    readonly index: number,
  ) {}
}

/** A campaign of the tree; `campaignId` 0 gathers the contacts that belong to none. */
export class CampaignRow {
  constructor(
    readonly connection: Connection,
    readonly campaignId: number,
  ) {}
}
