/** How the demo differs from the documented server, to imitate other servers. */
export interface OldServer {
  /** `?diallerCampaignsID=` is ignored: every list holds all contacts. */
  readonly ignoresCampaignFilter?: boolean;
  /** The batch read does not exist (404 without a body), or its method is refused (405). */
  readonly noBatchRead?: boolean | 405;
  readonly noCampaigns?: boolean;
  /**
   * How contacts are found by UserData: `GET contacts/contact?userData=` (`contact`, the default), `GET
   * contacts?userData=` (`list`), the first path with the parameter ignored, so that everything is returned
   * (`ignored`), or not at all (`none`).
   */
  readonly userDataLookup?: "contact" | "list" | "ignored" | "none";
  /** Unlocking by UserData uses `lockunlock`, as in a printed version of the vendor's documentation. */
  readonly unlocksAtLockunlock?: boolean;
  /** Locking a locked contact, or unlocking an unlocked one, is answered with 409. */
  readonly refusesRepeatedLock?: boolean;
}
