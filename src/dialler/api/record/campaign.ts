import { contactIdOf } from "./key";
import type { WireRecord } from "./wire";

/** The part of a campaign that a list of contacts needs. */
export interface Campaign {
  readonly id: number;
  readonly name: string;
  /** The language of the batch read's answer; undefined if the server does not name one. */
  readonly languageId: number | undefined;
}

/** Undefined if the record has no usable ID, because contacts cannot be requested without one. */
export function campaignFromRecord(record: WireRecord): Campaign | undefined {
  const id = contactIdOf(record.ID);
  if (id === undefined) return undefined;
  const name = record.Name;
  return { id, name: typeof name === "string" ? name : "", languageId: contactIdOf(record.LanguagesID) };
}
