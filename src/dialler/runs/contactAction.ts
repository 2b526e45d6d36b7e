import * as l10n from "../../l10n";
import { type Change, type ChangeRule, changeRules, lockLeftBy } from "../api/changeRules";

/**
 * An action on contacts, as data. Confirmation, progress, report, journal, Activity and tree follow from it, and no
 * other code compares actions by name; a question may only offer one by name ("Lock Instead").
 */
export interface ContactAction extends ChangeRule {
  readonly change: Change;
  /**
   * The complete record is read again and saved in the journal before the request is sent, so that it can be restored.
   */
  readonly keepsRecord: boolean;
  /** The action that undoes this one; undefined if there is none. */
  readonly opposite: Change | undefined;
  /** A product icon's name. */
  readonly icon: string;
  /** Offered by the command that acts by UserData without a lookup. */
  readonly offeredDirectly: boolean;
  /** For a button: "Delete 3 Contacts". */
  button(count: number): string;
  /** For a button that declines: "Don't Delete". */
  declineButton(): string;
  /** The question about several contacts: "Delete 3 contacts on production?". */
  questionMany(count: number, place: string): string;
  /** The question about one contact: "Delete contact Brandt, Ida #40101 on production?". */
  question(contact: string, place: string): string;
  /** For choosing a list of contacts: "Lock contacts in a list on production". */
  listTitle(endpoint: string): string;
  /** For a progress title: "Deleting contacts on production". */
  progress(endpoint: string): string;
  /** How a contact is called for which this was done: "deleted". Results and the Activity view are made from it. */
  participle(): string;
  /** For the head of a line in the log: "Deleted 2 of 3 on production". */
  headline(achieved: number, planned: number, endpoint: string): string;
}

export const contactActions: Readonly<Record<Change, ContactAction>> = {
  lock: {
    change: "lock",
    ...changeRules.lock,
    keepsRecord: false,
    opposite: "unlock",
    icon: "lock",
    offeredDirectly: true,
    button: (count) =>
      count === 1 ? l10n.t("Lock") : l10n.t("Lock {count} Contacts", { count: l10n.number(count) }),
    declineButton: () => l10n.t("Don't Lock"),
    questionMany: (count, place) =>
      count === 1
        ? l10n.t("Lock 1 contact on {place}?", { place })
        : l10n.t("Lock {count} contacts on {place}?", { count: l10n.number(count), place }),
    question: (contact, place) => l10n.t("Lock contact {contact} on {place}?", { contact, place }),
    listTitle: (endpoint) => l10n.t("Lock contacts in a list on {endpoint}", { endpoint }),
    progress: (endpoint) => l10n.t("Locking contacts on {endpoint}", { endpoint }),
    participle: () => l10n.t("locked"),
    headline: (achieved, planned, endpoint) =>
      l10n.t("Locked {achieved} of {planned} on {endpoint}", {
        achieved: l10n.number(achieved),
        planned: l10n.number(planned),
        endpoint,
      }),
  },
  unlock: {
    change: "unlock",
    ...changeRules.unlock,
    keepsRecord: false,
    opposite: "lock",
    icon: "unlock",
    offeredDirectly: true,
    button: (count) =>
      count === 1 ? l10n.t("Unlock") : l10n.t("Unlock {count} Contacts", { count: l10n.number(count) }),
    declineButton: () => l10n.t("Don't Unlock"),
    questionMany: (count, place) =>
      count === 1
        ? l10n.t("Unlock 1 contact on {place}?", { place })
        : l10n.t("Unlock {count} contacts on {place}?", { count: l10n.number(count), place }),
    question: (contact, place) => l10n.t("Unlock contact {contact} on {place}?", { contact, place }),
    listTitle: (endpoint) => l10n.t("Unlock contacts in a list on {endpoint}", { endpoint }),
    progress: (endpoint) => l10n.t("Unlocking contacts on {endpoint}", { endpoint }),
    participle: () => l10n.t("unlocked"),
    headline: (achieved, planned, endpoint) =>
      l10n.t("Unlocked {achieved} of {planned} on {endpoint}", {
        achieved: l10n.number(achieved),
        planned: l10n.number(planned),
        endpoint,
      }),
  },
  delete: {
    change: "delete",
    ...changeRules.delete,
    keepsRecord: true,
    opposite: undefined,
    icon: "trash",
    offeredDirectly: true,
    button: (count) =>
      count === 1 ? l10n.t("Delete") : l10n.t("Delete {count} Contacts", { count: l10n.number(count) }),
    declineButton: () => l10n.t("Don't Delete"),
    questionMany: (count, place) =>
      count === 1
        ? l10n.t("Delete 1 contact on {place}?", { place })
        : l10n.t("Delete {count} contacts on {place}?", { count: l10n.number(count), place }),
    question: (contact, place) => l10n.t("Delete contact {contact} on {place}?", { contact, place }),
    listTitle: (endpoint) => l10n.t("Delete contacts in a list on {endpoint}", { endpoint }),
    progress: (endpoint) => l10n.t("Deleting contacts on {endpoint}", { endpoint }),
    participle: () => l10n.t("deleted"),
    headline: (achieved, planned, endpoint) =>
      l10n.t("Deleted {achieved} of {planned} on {endpoint}", {
        achieved: l10n.number(achieved),
        planned: l10n.number(planned),
        endpoint,
      }),
  },
};

/** Whether a word, for example from a file or a log, is the name of an action. */
export function isAction(word: unknown): word is Change {
  return typeof word === "string" && Object.hasOwn(contactActions, word);
}

/** The lock state after an action was done; undefined if the action does not determine it. */
export function lockLeftByAction(change: Change): ReturnType<typeof lockLeftBy> {
  return lockLeftBy(contactActions[change].effect);
}
