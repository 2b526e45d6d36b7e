import * as l10n from "../../../l10n";
import type { Ask } from "./ask";
import { asShown, listOf, placeText, quoted, titleOf } from "./confirmWords";
import { modal } from "./modal";

/** The questions about runs in the Activity view. */
export const runQuestions: Pick<Ask, "restoreContacts" | "mayDuplicate" | "deleteJournal"> = {
  async restoreContacts(count, place) {
    const restore =
      count === 1
        ? l10n.t("Restore Contact")
        : l10n.t("Restore {count} Contacts", { count: l10n.number(count) });
    const question = l10n.t("{action} on {place}?", { action: restore, place: placeText(place) });
    const detail =
      count === 1
        ? l10n.t(
            "The contact is re-created from its saved record, with a new ID. Its tries, results and history are lost; a lock is set again.",
          )
        : l10n.t(
            "Each contact is re-created from its saved record, with a new ID. Its tries, results and history are lost; a lock is set again.",
          );
    return (await modal(question, detail, [restore])) === restore;
  },

  async mayDuplicate(deleted, existing, place) {
    const again = l10n.t("Create Duplicate");
    const skip = l10n.t("Skip");
    const question = l10n.t(
      "{contact}: another contact on {place} now has this UserData. Create a duplicate?",
      {
        contact: titleOf(asShown(deleted, place)),
        place: placeText(place),
      },
    );
    const userData = l10n.t("UserData: {userData}", { userData: quoted(deleted.userData ?? "") });
    const skipAll = l10n.t("Skip All Duplicates");
    const chosen = await modal(question, [userData, ...listOf(existing, place)].join("\n"), [
      skip,
      skipAll,
      again,
    ]);
    if (chosen === again) return "make";
    return chosen === skipAll ? "skipAll" : "skip";
  },

  async deleteJournal(runs, contacts) {
    const remove =
      runs === 1 ? l10n.t("Delete Journal") : l10n.t("Delete {count} Journals", { count: l10n.number(runs) });
    const question =
      runs === 1
        ? l10n.t("Delete the journal of this run?")
        : l10n.t("Delete the journals of {count} runs?", { count: l10n.number(runs) });
    return (await modal(question, journalDetail(contacts), [remove])) === remove;
  },
};

function journalDetail(contacts: number): string {
  if (contacts === 0) return l10n.t("Nothing changes on the server.");
  return contacts === 1
    ? l10n.t("1 deleted contact can then no longer be restored.")
    : l10n.t("{count} deleted contacts can then no longer be restored.", { count: l10n.number(contacts) });
}
