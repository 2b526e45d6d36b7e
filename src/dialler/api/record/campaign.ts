import { contactIdOf } from "./key";
import type { WireRecord } from "./wire";

/** A campaign, as far as a list of contacts needs it. */
export interface Campaign {
  readonly id: number;
  readonly name: string;
  /** The language the batch read answers in; undefined when the server names none. */
  readonly languageId: number | undefined;
}

/** Undefined when the record has no usable ID: contacts cannot be asked for by it. */
export function campaignFromRecord(record: WireRecord): Campaign | undefined {
  const id = contactIdOf(record.ID);
  if (id === undefined) return undefined;
  const name = record.Name;
  return { id, name: typeof name === "string" ? name : "", languageId: contactIdOf(record.LanguagesID) };
}
