import type { Change } from "../api/change";
import type { LockState } from "../api/record/contact";
import * as l10n from "../../l10n";

/** What can be done to contacts, as data: confirmation, progress, report and tree follow from an entry. */
export interface ContactAction {
  readonly change: Change;
  /** Cannot be taken back: contacts are read again right before, and every one is asked for. */
  readonly final: boolean;
  /** The state that a `done` leaves; undefined when it leaves no contact. */
  readonly leaves: LockState | undefined;
  /** For a button: "Delete 3 Contacts". */
  button(count: number): string;
  /** For a list of contacts that is yet to be chosen: "Lock contacts in a list on production". */
  listTitle(endpoint: string): string;
  /** For a progress title: "Deleting contacts on production". */
  progress(endpoint: string): string;
  /** For the head of a summary: "Deleted 2 of 3 on production". */
  headline(achieved: number, planned: number, endpoint: string): string;
}

const deletion: ContactAction = {
  change: "delete",
  final: true,
  leaves: undefined,
  button: (count) => (count === 1 ? l10n.t("Delete") : l10n.t("Delete {count} Contacts", { count })),
  listTitle: (endpoint) => l10n.t("Delete contacts in a list on {endpoint}", { endpoint }),
  progress: (endpoint) => l10n.t("Deleting contacts on {endpoint}", { endpoint }),
  headline: (achieved, planned, endpoint) =>
    l10n.t("Deleted {achieved} of {planned} on {endpoint}", { achieved, planned, endpoint }),
};

const locking: ContactAction = {
  change: "lock",
  final: false,
  leaves: "locked",
  button: (count) => (count === 1 ? l10n.t("Lock") : l10n.t("Lock {count} Contacts", { count })),
  listTitle: (endpoint) => l10n.t("Lock contacts in a list on {endpoint}", { endpoint }),
  progress: (endpoint) => l10n.t("Locking contacts on {endpoint}", { endpoint }),
  headline: (achieved, planned, endpoint) =>
    l10n.t("Locked {achieved} of {planned} on {endpoint}", { achieved, planned, endpoint }),
};

const unlocking: ContactAction = {
  change: "unlock",
  final: false,
  leaves: "unlocked",
  button: (count) => (count === 1 ? l10n.t("Unlock") : l10n.t("Unlock {count} Contacts", { count })),
  listTitle: (endpoint) => l10n.t("Unlock contacts in a list on {endpoint}", { endpoint }),
  progress: (endpoint) => l10n.t("Unlocking contacts on {endpoint}", { endpoint }),
  headline: (achieved, planned, endpoint) =>
    l10n.t("Unlocked {achieved} of {planned} on {endpoint}", { achieved, planned, endpoint }),
};

export const contactActions: Readonly<Record<Change, ContactAction>> = {
  delete: deletion,
  lock: locking,
  unlock: unlocking,
};
