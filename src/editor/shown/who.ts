import { type Contact, contactLabel } from "../../dialler/api/record/contact";
import * as l10n from "../../l10n";
import { isolated } from "./isolated";
import { plainText } from "./plainText";

/** The most contacts that a sentence names; of more it tells the counts. */
export const namedInSentence = 3;

/** A contact by what is known of it. */
export interface NamedContact {
  readonly id?: number | undefined;
  readonly userData?: string | undefined;
  /** As it may be shown: masked where the mask is on, and without secrets. */
  readonly name?: string | undefined;
}

/**
 * Names up to three contacts with their IDs, because names are not unique; of more it tells the count: "Bünzli, Beat
 * #40516; Burgbach, Ute #40517", "25 contacts". `beside`: the sentence tells the count or the ID already, so the names
 * stand without IDs and the others are counted: "Bünzli, Beat; Burgbach, Ute; Burgmayer, Urs and 2 more".
 */
export function whoText(contacts: readonly NamedContact[], beside?: "count"): string {
  if (beside === undefined) {
    if (contacts.length > namedInSentence) return contactsText(contacts.length);
    return contacts.map((contact) => oneText(contact, true)).join("; ");
  }
  const named = contacts.slice(0, namedInSentence).map((contact) => oneText(contact, false));
  const others = contacts.length - named.length;
  const values = { names: named.join("; "), count: l10n.number(others) };
  return others === 0 ? values.names : l10n.t("{names} and {count} more", values);
}

/** What a sentence needs of contacts that were read. */
export function namedFrom(contacts: readonly Contact[]): NamedContact[] {
  return contacts.map((contact) => {
    const { id, userData } = contact;
    const label = contactLabel(contact);
    // The label of a contact without a name is its ID, which would be told twice.
    return { id, userData, name: id !== undefined && label === `#${id}` ? undefined : label };
  });
}

/** "1 contact", "25 contacts". */
export function contactsText(count: number): string {
  return count === 1 ? l10n.t("1 contact") : l10n.t("{count} contacts", { count: l10n.number(count) });
}

function oneText({ id, userData, name }: NamedContact, withId: boolean): string {
  const shown = isolated(plainText(name ?? "", 60));
  const idText = id === undefined ? "" : `#${id}`;
  const parts = [shown, withId || shown === "" ? idText : ""].filter((part) => part !== "");
  if (parts.length > 0) return parts.join(" ");
  return userData === undefined
    ? l10n.t("an entry without a contact")
    : l10n.t("“{text}”", { text: isolated(plainText(userData, 60)) });
}
