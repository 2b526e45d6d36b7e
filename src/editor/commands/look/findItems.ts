import type { QuickPickItem } from "vscode";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import type { LoadedMatches } from "../../../dialler/list/searchLists";
import { type FindKey, findKeysOf, type RecentFind } from "../../../dialler/lookup/recentFinds";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { asShown, type Place, quoted } from "../ask/confirmWords";

/** What a person chose to find: a loaded contact, or a key that the server is asked for. */
export type FindChoice =
  | { readonly kind: "loaded"; readonly id: number; readonly contact: Contact }
  | { readonly kind: "asked"; readonly key: FindKey };

export interface FindItem extends QuickPickItem {
  readonly choice: FindChoice;
}

/** What the box shows for a text: loaded contacts first, then the ways to ask the server. */
export function foundItems(text: string, { exact, matching }: LoadedMatches, place: Place): FindItem[] {
  return [
    ...[...exact, ...matching].flatMap((contact) => loadedItem(contact, place)),
    ...findKeysOf(text).map(askItem),
  ];
}

/**
 * A find of this session. The key is the description, because VS Code moves items whose label matches to the top.
 * `discreet` cleans a name for display.
 */
export function recentItem({ key, label }: RecentFind, discreet: (text: string) => string): FindItem {
  const description = key.kind === "id" ? l10n.t("ID {id}", { id: key.id }) : userDataText(key.userData);
  const name = plainText(discreet(label), 80);
  return { label: `$(history) ${name}`, description, choice: { kind: "asked", key }, alwaysShow: true };
}

function loadedItem(contact: Contact, place: Place): FindItem[] {
  const { id } = contact;
  if (id === undefined) return [];
  const shown = asShown(contact, place);
  const label = plainText(contactLabel(shown), 80);
  const beside = [
    shown.company,
    shown.city,
    shown.phoneNumbers[0]?.number ?? "",
    shown.email,
    shown.userData ?? "",
    `#${shown.idText}`,
  ];
  const description = beside
    .map((text) => plainText(text, 40))
    .filter((text) => text !== "" && text !== label)
    .join(" · ");
  const icon = contact.lock === "locked" ? "lock" : "person";
  return [
    {
      label: `$(${icon}) ${label}`,
      description,
      choice: { kind: "loaded", id, contact },
      alwaysShow: true,
    },
  ];
}

/** All of its text is the description: with a label that matches, VS Code would move it above contacts. */
function askItem(key: FindKey): FindItem {
  const description =
    key.kind === "id"
      ? l10n.t("Ask the server for ID {id}", { id: key.id })
      : l10n.t("Ask the server for UserData {userData}", { userData: quoted(key.userData) });
  return { label: "$(cloud)", description, choice: { kind: "asked", key }, alwaysShow: true };
}

function userDataText(userData: string): string {
  return `UserData ${quoted(userData)}`;
}
