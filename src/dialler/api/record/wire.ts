/** The dialler's JSON exactly as it is sent, in the vendor's spelling. Types only: no value can be relied on. */

/** Any JSON object of the server. Members have no fixed order, and unknown ones are kept. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The answer to a list call (contacts, campaigns). It holds everything, because there is no paging. */
export interface WireList {
  readonly filter: string;
  readonly limitStart: number;
  readonly limitPageSize: number;
  readonly records: readonly WireRecord[];
  readonly count: number;
  readonly orderBy: string;
  readonly ascending: boolean;
  readonly status: number;
}

/** The answer to a call for one or several records. A single object comes in `records`, too. */
export interface WireRecords {
  readonly records: readonly WireRecord[];
  readonly count: number;
  readonly status: number;
}

/** The answer to delete, lock and unlock. It does not contain the contact's new state. */
export interface WireStatus {
  readonly status: number;
}

/** The body of a failure, if the server sends one. `error` is text for people, not a code. */
export interface WireError {
  readonly status: number;
  readonly error: string;
}

/** The body of the batch read. The answer leaves out unknown keys. */
export interface WireBatchRead {
  readonly UserDataList?: readonly string[];
  readonly IDList?: readonly number[];
}

/** `b…` members: a flag in whatever form the server's serialiser chooses. */
export type WireFlag = boolean | 0 | 1 | "0" | "1" | null;

/** The members of a contact that this project reads or writes by name. A real contact has about 110. */
export interface WireContact {
  readonly ID: number;
  readonly DiallerCampaignsID: number;
  readonly UserData: string | null;
  readonly Name: string;
  readonly FirstName: string | null;
  readonly Salutation: string | null;
  readonly Title: string | null;
  readonly Company: string | null;
  readonly Address: string | null;
  readonly PostalCode: string | null;
  readonly City: string | null;
  readonly Region: string | null;
  readonly Country: string | null;
  readonly PhoneNumber1: string | null;
  readonly PhoneNumber2: string | null;
  readonly PhoneNumber3: string | null;
  readonly PhoneNumber4: string | null;
  readonly PhoneNumber5: string | null;
  readonly PhoneNumber6: string | null;
  readonly FaxNumber: string | null;
  readonly Email: string | null;
  readonly Website: string | null;
  readonly Comment: string | null;
  readonly Client: string | null;
  readonly Service: string | null;
  readonly ReferenceNumber: string | null;
  readonly Model: string | null;
  readonly Tag: string | null;
  readonly ExternalSystemLink: string | null;
  readonly AccountOwner: string | null;
  readonly AccountBank: string | null;
  readonly AccountNationalBankCode: string | null;
  readonly AccountBIC: string | null;
  readonly AccountNumber: string | null;
  readonly AccountIBAN: string | null;
  readonly Amount: number | string | null;
  readonly dtNextTry: string | null;
  readonly bLastResultMailbox: WireFlag;
  readonly LastAcdAgentEndReasonsID: number | null;
  readonly RandomSortOrder: number | null;
  readonly DiallerCampaignsResultCodesID: number | null;
  readonly ReservedUsersUID: string | null;
  readonly FollowUpUsersUID: string | null;
  readonly FollowUpDateTime: string | null;
  readonly dtImported: string | null;
}

/** The members of a campaign that this project reads or writes by name. */
export interface WireCampaign {
  readonly ID: number;
  readonly Name: string;
  readonly ClientsID: number;
  readonly LanguagesID: number;
}
