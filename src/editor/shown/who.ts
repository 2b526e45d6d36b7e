import { type Contact, contactLabel } from "../../dialler/api/record/contact";
import * as l10n from "../../l10n";
import { plainText } from "./plainText";

const mostNamed = 3;

/** Names up to three contacts and counts the others: "Bünzli, Beat, Burgbach, Ute and 2 more". */
export function whoText(contacts: readonly Contact[]): string {
  const names = contacts.slice(0, mostNamed).map((contact) => plainText(contactLabel(contact), 60));
  const others = contacts.length - names.length;
  const values = { names: names.join("; "), count: l10n.number(others) };
  return others === 0 ? values.names : l10n.t("{names} and {count} more", values);
}
