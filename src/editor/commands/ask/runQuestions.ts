import * as l10n from "../../../l10n";
import type { Ask } from "./ask";
import { asShown, listOf, placeText, quoted, titleOf } from "./confirmWords";
import { modal } from "./modal";

/** What is asked about runs that are kept. */
export const runQuestions: Pick<Ask, "restoreContacts" | "mayDuplicate" | "deleteJournal"> = {
  async restoreContacts(count, place) {
    const restore =
      count === 1 ? l10n.t("Restore") : l10n.t("Restore {count} Contacts", { count: l10n.number(count) });
    const question = l10n.t("{action} on {place}?", { action: restore, place: placeText(place) });
    const detail = l10n.t(
      "Each contact is made anew from the record that was kept, with a new ID. Its tries, results and history are lost; a lock is set again.",
    );
    return (await modal(question, detail, [restore])) === restore;
  },

  async mayDuplicate(deleted, existing, place) {
    const again = l10n.t("Make Another One");
    const skip = l10n.t("Skip");
    const question = l10n.t("{contact}: its UserData {userData} exists again on {place}. Make another one?", {
      contact: titleOf(asShown(deleted, place)),
      userData: quoted(deleted.userData ?? ""),
      place: placeText(place),
    });
    const skipAll = l10n.t("Skip All Such");
    const chosen = await modal(question, listOf(existing, place).join("\n"), [skip, skipAll, again]);
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
    ? l10n.t("Its contact can no longer be restored.")
    : l10n.t("{count} deleted contacts can no longer be restored.", { count: l10n.number(contacts) });
}
