import { plainHeading } from "./headingWords";

/**
 * What the name of a column says about its keys. `anyId`: the values may be IDs of the dialler or of another system, such as
 * the CRM that wrote the file.
 */
export type KeyColumnKind = "diallerId" | "anyId" | "userData";

const diallerId = /^dialler(contacts?)?id$/;
const anyId = /^(contacts?|kontakte?|records?|datensatz)?id$/;

/** Undefined if the name says nothing about keys. Case, blanks, hyphens and underscores do not matter. */
export function keyKind(header: string): KeyColumnKind | undefined {
  const heading = plainHeading(header);
  if (heading === "userdata") return "userData";
  if (diallerId.test(heading)) return "diallerId";
  return anyId.test(heading) ? "anyId" : undefined;
}
