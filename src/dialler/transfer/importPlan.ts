import type { Contact } from "../api/record/contact";
import * as l10n from "../../l10n";
import type { AsideRow, CheckedRows, ReadyRow } from "./importRows";
import type { Match } from "../lookup/resolveList";

/** A row to be imported. */
export interface ImportItem extends ReadyRow {
  /** The contacts that had its UserData when it was looked up. */
  readonly before: readonly Contact[];
  /** True: overwrites the one contact with its UserData. False: creates a contact. */
  readonly overwrite: boolean;
}

/** The rows of a file, grouped by what can be done with them. */
export interface ImportPlan {
  /** Rows without UserData, or with a UserData that no contact has. */
  readonly fresh: readonly ImportItem[];
  /** Rows whose UserData one contact has. They overwrite it on request, otherwise they are left out. */
  readonly existing: readonly ImportItem[];
  readonly aside: readonly AsideRow[];
  /** The lines of fresh rows whose UserData is similar to a contact's. */
  readonly alike: readonly number[];
}

/** Rows are planned in groups of this size. */
const groupSize = 500;

/**
 * Groups rows by the contacts that have their UserData. `match` returns those contacts. Yields between groups of rows,
 * so that a caller may pause there.
 */
export function* importPlan(
  { ready, aside }: Pick<CheckedRows, "ready" | "aside">,
  match: (userData: string) => Match,
): Generator<undefined, ImportPlan, void> {
  const fresh: ImportItem[] = [];
  const existing: ImportItem[] = [];
  const shared: AsideRow[] = [];
  const alike: number[] = [];
  for (const [index, row] of ready.entries()) {
    if (index % groupSize === groupSize - 1) yield;
    const found: Match = row.userData === undefined ? { kind: "none" } : match(row.userData);
    switch (found.kind) {
      case "alike":
        alike.push(row.line);
        fresh.push({ ...row, before: [], overwrite: false });
        break;
      case "none":
        fresh.push({ ...row, before: [], overwrite: false });
        break;
      case "one": {
        const { contact, alike: others } = found;
        // The server overwrites the first match, and may treat a similar UserData as a match.
        if (others.length > 0) shared.push(asideOf(row, [contact, ...others]));
        else existing.push({ ...row, before: [contact], overwrite: true });
        break;
      }
      case "several":
        shared.push(asideOf(row, found.contacts));
    }
  }
  return { fresh, existing, aside: [...aside, ...shared].sort((a, b) => a.row - b.row), alike };
}

function asideOf({ row, line, userData }: ReadyRow, contacts: readonly Contact[]): AsideRow {
  const ids = contacts.map(({ idText }) => `#${idText}`).join(", ");
  const isShared = contacts.every((contact) => contact.userData === userData);
  const reason = isShared
    ? l10n.t("several contacts share this UserData: {ids}", { ids })
    : l10n.t("several contacts have this UserData or a similar one: {ids}", { ids });
  return { row, line, userData, reason };
}

/** The rows to send, in the order of the file, and the rows that are left out. */
export function chosenOf(
  { fresh, existing, aside }: ImportPlan,
  overwrite: boolean,
): { readonly items: readonly ImportItem[]; readonly aside: readonly AsideRow[] } {
  const inOrder = (a: { readonly row: number }, b: { readonly row: number }): number => a.row - b.row;
  if (overwrite) return { items: [...fresh, ...existing].sort(inOrder), aside };
  const left = existing.map(({ row, line, userData, before }): AsideRow => {
    const reason = l10n.t("a contact with this UserData already exists: #{id}", {
      id: before[0]?.idText ?? "?",
    });
    return { row, line, userData, reason };
  });
  return { items: fresh, aside: [...aside, ...left].sort(inOrder) };
}
