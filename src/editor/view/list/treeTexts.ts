import { type CampaignEntry, type ListState } from "../../../dialler/list/contactsState";
import type { CampaignRow } from "../../../dialler/list/rows";
import { noCampaignId } from "../../../dialler/list/readList";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";

/** Joins the parts that are not empty. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

/** For the narrow column behind a campaign's name. */
export function shortCount(count: number, locked: number): string {
  return locked === 0
    ? l10n.number(count)
    : l10n.t("{count}, {locked} locked", { count: l10n.number(count), locked: l10n.number(locked) });
}

export function countText(count: number, locked: number): string {
  const contacts =
    count === 1 ? l10n.t("1 contact") : l10n.t("{count} contacts", { count: l10n.number(count) });
  return locked === 0
    ? contacts
    : l10n.t("{contacts}, {locked} locked", { contacts, locked: l10n.number(locked) });
}

/** A note on the state of a list. */
export function noteOf(contacts: ListState): string {
  switch (contacts.kind) {
    case "idle":
      return "";
    case "loading":
      if (contacts.stale !== undefined) return l10n.t("refreshing");
      return contacts.arriving === undefined ? "" : arrivingText(contacts.arriving.count, contacts.startedAt);
    case "failed":
      if (contacts.stale === undefined) return "";
      return contacts.partial ? l10n.t("incomplete") : l10n.t("outdated, could not be refreshed");
    case "listed":
      if (contacts.stopped) return l10n.t("stopped, there are more");
      return contacts.announced === undefined || contacts.announced === contacts.received
        ? ""
        : l10n.t("the server announced {announced} and sent {received}", {
            announced: l10n.number(contacts.announced),
            received: l10n.number(contacts.received),
          });
  }
}

export function arrivingText(count: number, startedAt: number): string {
  const seconds = Math.max(0.25, (Date.now() - startedAt) / 1000);
  return l10n.t("loading, {count} so far, {rate} per second", {
    count: l10n.number(count),
    rate: l10n.number(Math.round(count / seconds)),
  });
}

export function ofText(matching: number, all: number): string {
  return l10n.t("{matching} of {all}", { matching: l10n.number(matching), all: l10n.number(all) });
}

/** The filter, the number of matches, and how many of the campaigns are loaded. */
export function filterText(
  filter: string,
  counts: string,
  lists: { readonly loaded: number; readonly all: number },
): string {
  const note = l10n.t("Filtered: “{filter}” {counts}", { filter: plainText(filter, 80), counts }).trim();
  if (lists.loaded === 0 && lists.all > 0) return l10n.t("{note}, no campaign is loaded yet", { note });
  if (lists.loaded === lists.all) return note;
  return l10n.t("{note}, in {loaded} of {campaigns} campaigns loaded", {
    note,
    loaded: l10n.number(lists.loaded),
    campaigns: l10n.number(lists.all),
  });
}

export function campaignLabel(row: CampaignRow, entry: CampaignEntry | undefined): string {
  if (row.campaignId === noCampaignId) return l10n.t("Without a campaign");
  const name = plainText(entry?.campaign.name ?? "", 120);
  return name === "" ? l10n.t("Campaign {id}", { id: row.campaignId }) : name;
}
