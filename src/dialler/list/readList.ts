import { Cancelled } from "../api/http/connectionErrors";
import { slots } from "../api/record/contact";
import { contactIdOf } from "../api/record/key";
import type { Connection } from "../endpoint/connect";
import { ContactTable } from "./contactTable";

/** The ID for contacts without a campaign, which no campaign can have. */
export const noCampaignId = 0;

/** The result of reading a list. */
export interface Loaded {
  readonly table: ContactTable;
  readonly announced: number | undefined;
  /** There were contacts of campaigns that were not requested. */
  readonly others: boolean;
  readonly stopped: boolean;
  /** Why the list is incomplete; undefined if it is complete, or if reading was stopped on request. */
  readonly error: unknown;
}

/** Called with the contacts so far: for the first batch, and then at intervals. */
export type Arrived = (table: ContactTable, others: boolean) => void;

const reportEveryMs = 250;

/** Reads the contacts of one campaign, of no campaign, or all of them, as they arrive. Never throws. */
export async function readList(
  connection: Connection,
  campaignId: number | undefined,
  stop: AbortSignal,
  arrived: Arrived,
): Promise<Loaded> {
  const asked = campaignId === noCampaignId ? undefined : campaignId;
  const table = new ContactTable();
  let announced: number | undefined;
  let others = campaignId === noCampaignId;
  let reportedAt = 0;
  const ended = (error: unknown, stopped: boolean): Loaded => ({ table, announced, others, stopped, error });
  try {
    const signal = AbortSignal.any([stop, connection.ended]);
    for await (const batch of connection.client.streamContacts(asked, { signal })) {
      const first = table.count;
      table.add(batch.records);
      announced = batch.announced ?? announced;
      others ||= asked !== undefined && hasOthers(table, first, asked);
      if (table.count === first || (first > 0 && Date.now() - reportedAt < reportEveryMs)) continue;
      reportedAt = Date.now();
      arrived(table, others);
    }
    return ended(undefined, false);
  } catch (error) {
    return stop.aborted && error instanceof Cancelled ? ended(undefined, true) : ended(error, false);
  }
}

function hasOthers(table: ContactTable, first: number, campaignId: number): boolean {
  for (let row = first; row < table.count; row++) {
    const id = contactIdOf(table.textAt(row, slots.campaignId));
    if (id !== undefined && id !== campaignId) return true;
  }
  return false;
}
