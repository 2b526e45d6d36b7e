import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import { visible } from "../../../dialler/text/cells/visible";
import * as l10n from "../../../l10n";
import { maskedContact } from "../../shown/mask";
import { isolated } from "../../shown/isolated";
import { plainText } from "../../shown/plainText";

/** Where an action takes place, as a confirmation names it. */
export interface Place {
  readonly endpoint: string;
  readonly production: boolean;
  /** Whether numbers and addresses are shown masked. */
  readonly masked: boolean;
  campaignName(id: number | undefined): string | undefined;
}

/** For how many days the record of a deleted contact is kept on this computer. */
export type Kept = { readonly days: number } | "notKept";

/**
 * The consequences of deleting `count` contacts, and what is kept of them. `restorable`: whether a contact can be
 * re-created from its record.
 */
export function finalSentence(kept: Kept, count: number, restorable = true): string {
  const final =
    count === 1
      ? l10n.t(
          "The contact and everything that belongs to it are deleted on the server. This cannot be undone there.",
        )
      : l10n.t(
          "The contacts and everything that belongs to them are deleted on the server. This cannot be undone there.",
        );
  return `${final} ${keptSentence(kept, count, restorable)}`;
}

function keptSentence(kept: Kept, count: number, restorable: boolean): string {
  if (kept === "notKept")
    return count === 1 ? l10n.t("Its record is not kept.") : l10n.t("Their records are not kept.");
  const time = kept.days === 1 ? l10n.t("1 day") : l10n.t("{days} days", { days: kept.days });
  if (!restorable)
    return l10n.t("Its record is kept on this computer for {time}, for reference only.", { time });
  return count === 1
    ? l10n.t(
        "Its record is kept on this computer for {time}. From the Activity view the contact can be re-created from it, with a new ID and without its tries, results and history.",
        { time },
      )
    : l10n.t(
        "Their records are kept on this computer for {time}. From the Activity view the contacts can be re-created from them, with new IDs and without their tries, results and history.",
        { time },
      );
}

/** The button of a deletion that keeps no record: it never has the text of one that does. */
export function unkeptButton(count: number): string {
  return count === 1
    ? l10n.t("Delete for Good, Keep No Record")
    : l10n.t("Delete {count} for Good, Keep No Record", { count: l10n.number(count) });
}

/** A remark as a sentence of its own. */
export function sentenceOf(remark: string): string {
  if (remark === "") return "";
  return `${remark.charAt(0).toLocaleUpperCase()}${remark.slice(1)}${/[.!?]$/.test(remark) ? "" : "."}`;
}

/** The contact as a list to choose from shows it. */
export function asShown(contact: Contact, { masked }: Pick<Place, "masked">): Contact {
  return masked ? maskedContact(contact) : contact;
}

/** Production is named, unless the endpoint's name is that word. */
export function placeText({ endpoint, production }: Pick<Place, "endpoint" | "production">): string {
  const name = plainText(endpoint, 40);
  const saysIt = ["production", l10n.t("production").toLowerCase()].includes(name.toLowerCase());
  return production && !saysIt ? l10n.t("{endpoint} (production)", { endpoint: name }) : name;
}

/** Read by a person who accepts a list of contacts with check boxes, none of which is selected. */
export function nothingChosen(): string {
  return l10n.t("No contact is chosen. Select at least one, or press Esc to cancel.");
}

/** The label, always with the ID beside it: names are not unique. */
export function titleOf(contact: Contact): string {
  const label = plainText(contactLabel(contact), 80);
  const id = `#${plainText(contact.idText, 20)}`;
  return label === id ? id : `${isolated(label)} ${id}`;
}

export function detailOf(contact: Contact, place: Place): string {
  return [
    campaignText(contact, place),
    l10n.t("UserData: {userData}", {
      userData: contact.userData === undefined ? "–" : quoted(contact.userData),
    }),
    l10n.t("Endpoint: {endpoint}", { endpoint: placeText(place) }),
  ].join("\n");
}

export function campaignText(contact: Contact, place: Place): string {
  return l10n.t("Campaign: {campaign}", { campaign: campaignName(contact, place) });
}

export function campaignName({ campaignId }: Contact, place: Place): string {
  if (campaignId === undefined) return "–";
  const name = plainText(place.campaignName(campaignId) ?? "", 80);
  return name === "" ? `#${campaignId}` : `${name} #${campaignId}`;
}

/** In quotes, so that leading and trailing spaces can be seen; invisible signs are written out. */
export function quoted(userData: string): string {
  return l10n.t("“{text}”", { text: plainText(visible(userData).replace(/ /g, "\u00a0"), 100) });
}

export function campaignCounts(contacts: readonly Contact[], place: Place): string[] {
  const counts = new Map<string, number>();
  for (const contact of contacts) {
    const campaign = campaignText(contact, place);
    counts.set(campaign, (counts.get(campaign) ?? 0) + 1);
  }
  return [...counts].map(([campaign, count]) =>
    count === 1
      ? l10n.t("{campaign}: 1 contact", { campaign })
      : l10n.t("{campaign}: {count} contacts", { campaign, count: l10n.number(count) }),
  );
}

/** As many as a chat tool may change; a person who selects more sees them in the preview first. */
const namedInModal = 20;

/** Up to twenty by name, more by ID: every contact is listed, because only what was shown is ever sent. */
export function listOf(contacts: readonly Contact[], place: Pick<Place, "masked">): string[] {
  if (contacts.length <= namedInModal) return contacts.map((contact) => titleOf(asShown(contact, place)));
  return [contacts.map(({ idText }) => `#${plainText(idText, 20)}`).join(", ")];
}
