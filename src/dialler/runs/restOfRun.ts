import * as l10n from "../../l10n";
import { type Contact, identityDigest } from "../api/record/contact";
import type { EntryResult } from "./outcome";
import type { PlannedEntry } from "./plan";
import type { RunEntry } from "./runSnapshot";

/** A value for the item with this number in its run. */
export interface Numbered<T> {
  readonly number: number;
  readonly of: T;
}

/** How a resumed run continues. */
export interface RestOfRun {
  /** The contacts as they were shown when the run began. */
  readonly contacts: readonly Numbered<PlannedEntry>[];
  /** The items for which nothing is sent. */
  readonly settled: readonly Numbered<EntryResult>[];
}

/**
 * Separates the contacts to continue with from those for which nothing is sent. A contact that differs from the one
 * that was shown is skipped. An absent contact is not found, or, if this run had sent its deletion, gone. `found`: the
 * contacts as they are now.
 */
export function restOfRun(
  items: readonly RunEntry[],
  numbers: readonly number[],
  found: ReadonlyMap<number, Contact>,
): RestOfRun {
  const contacts: Numbered<PlannedEntry>[] = [];
  const settled: Numbered<EntryResult>[] = [];
  for (const number of numbers) {
    const item = items[number];
    if (item?.id === undefined) continue;
    const { id, identity, recorded: sentBefore } = item;
    const shown = found.get(id);
    if (shown === undefined) {
      settled.push({ number, of: { id, ...absent(sentBefore) } });
    } else if (identity !== undefined && identityDigest(shown) !== identity) {
      const reason = l10n.t("The contact has changed since it was shown; nothing was sent.");
      settled.push({ number, of: { id, outcome: "skipped", reason } });
    } else contacts.push({ number, of: { id, userData: shown.userData, shown, sentBefore } });
  }
  return { contacts, settled };
}

function absent(sentBefore: boolean): Pick<EntryResult, "outcome" | "reason"> {
  return sentBefore
    ? { outcome: "gone", reason: l10n.t("Its deletion was sent earlier, and the contact no longer exists.") }
    : { outcome: "notFound", reason: l10n.t("the server has no such contact") };
}
