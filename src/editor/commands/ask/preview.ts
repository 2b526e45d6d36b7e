import type { Change } from "../../../dialler/api/changeRules";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { EntryResult } from "../../../dialler/runs/outcome";
import { remarksOf } from "../../../dialler/runs/remarksOf";
import * as l10n from "../../../l10n";
import { outcomeWord } from "../../shown/outcomeWords";
import { plainText } from "../../shown/plainText";
import {
  asShown,
  campaignCounts,
  campaignText,
  type Place,
  placeText,
  quoted,
  titleOf,
} from "./confirmWords";

/** What is shown before an action: the frozen set of contacts, and the items that are not part of it. */
export interface Preview {
  readonly change: Change;
  readonly place: Place;
  readonly contacts: readonly Contact[];
  /** Contacts that are acted on only if a person selects them. */
  readonly offered: readonly Contact[];
  /** Items that already have a result: no contact found, several found, listed twice. */
  readonly setAside: readonly EntryResult[];
  /** Contacts that were part of it, and that a person has cleared since. */
  readonly cleared?: readonly Contact[];
  /** Whether the person may still choose to delete without a journal. */
  readonly mayGoUnkept: boolean;
  /** The first button of a question declines, so that a held Enter does not accept it. */
  readonly declinesFirst?: boolean;
}

/** How the person continues, and the contacts that stayed selected. */
export interface PreviewAnswer {
  readonly go: "act" | "dryRun";
  readonly contacts: ReadonlySet<Contact>;
  /** False for an erasure request: then no personal data stays on this computer. */
  readonly journaled: boolean;
}

/** "Lock 37 Contacts on production; 5 are not part of it". */
export function previewTitle({ change, place, contacts, setAside }: Preview): string {
  const values = { action: contactActions[change].button(contacts.length), place: placeText(place) };
  return setAside.length === 0
    ? l10n.t("{action} on {place}", values)
    : l10n.t("{action} on {place}; {count} not part of it", {
        ...values,
        count: l10n.number(setAside.length),
      });
}

/** "18 of 19; left out: Bézard, Chloé #40516"; empty when nothing was left out. */
export function leftOutText({ place, contacts, setAside, cleared = [] }: Preview): string {
  const names = [
    ...cleared.map((contact) => titleOf(asShown(contact, place))),
    ...setAside.flatMap(({ id, userData }) =>
      id !== undefined ? [`#${id}`] : userData !== undefined ? [quoted(userData)] : [],
    ),
  ];
  const left = cleared.length + setAside.length;
  if (left === 0) return "";
  const shown = names.slice(0, 3);
  const more = left - shown.length;
  const values = { count: l10n.number(contacts.length), total: l10n.number(contacts.length + left) };
  const others = more === 1 ? l10n.t("1 more") : l10n.t("{count} more", { count: l10n.number(more) });
  const who = [...shown, ...(more === 0 ? [] : [others])].join("; ");
  return l10n.t("{count} of {total}; left out: {who}", { ...values, who });
}

/** How many items have which remark or reason, a line each. */
export function previewCounts({ change, place, contacts, setAside }: Preview): string[] {
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const contact of contacts) remarksOf(change, contact).forEach(count);
  for (const { outcome } of setAside) count(outcomeWord(outcome));
  return [
    ...campaignCounts(contacts, place),
    ...[...counts].map(([what, times]) => l10n.t("{count} × {what}", { count: l10n.number(times), what })),
  ];
}

/** State and remarks of one contact, behind its name. */
export function stateText(change: Change, contact: Contact): string {
  const lock = { locked: l10n.t("Locked"), unlocked: l10n.t("Unlocked"), unknown: "" }[contact.lock];
  return [lock, ...remarksOf(change, contact)].filter((part) => part !== "").join(" · ");
}

/** Why an item is not part of the run. The reason may be server text and is cleaned. */
export function asideText({
  id,
  userData,
  outcome,
  reason: logged,
  reasonShown: reason = logged,
}: EntryResult): string {
  const who = [
    id === undefined ? "" : `#${id}`,
    userData === undefined ? "" : quoted(userData),
    `${outcomeWord(outcome)}${reason === undefined ? "" : `: ${plainText(reason, 300)}`}`,
  ];
  return who.filter((part) => part !== "").join(" ");
}

/** The whole preview as lines of text, for sets that are too large for a list of check boxes. */
export function previewText(preview: Preview): string {
  const { change, place, contacts, setAside } = preview;
  const rows = contacts.map((contact) => [
    `#${plainText(contact.idText, 20)}`,
    plainText(contactLabel(asShown(contact, place)), 60),
    campaignText(contact, place),
    contact.userData === undefined ? "–" : quoted(contact.userData),
    stateText(change, contact),
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  const aligned = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const aside =
    setAside.length === 0
      ? []
      : [
          "",
          l10n.t("Not part of it ({count}):", { count: l10n.number(setAside.length) }),
          ...setAside.map(asideText),
        ];
  // The items that are not part of it come first: below a thousand lines they would not be seen.
  return `${[previewTitle(preview), "", ...previewCounts(preview), ...aside, "", ...aligned].join("\n")}\n`;
}
