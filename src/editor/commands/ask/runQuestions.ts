import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { maskedText } from "../../shown/mask";
import { type NamedContact, whoText } from "../../shown/who";
import { runLabel, shortTimeOf } from "../../view/activity/activityTexts";
import type { Ask, NamedRun } from "./ask";
import { chooseSeveral } from "./checkBoxes";
import { asShown, listOf, nothingChosen, type Place, placeText, quoted, titleOf } from "./confirmWords";
import { modal } from "./modal";

/** The questions about runs in the Activity view. */
export const runQuestions: Pick<
  Ask,
  "restoreContacts" | "undoRun" | "undoWhich" | "mayTryAgain" | "mayDuplicate" | "deleteJournal"
> = {
  async restoreContacts(contacts, place) {
    const count = contacts.length;
    const restore =
      count === 1
        ? l10n.t("Restore Contact")
        : l10n.t("Restore {count} Contacts", { count: l10n.number(count) });
    const question = l10n.t("Restore {contacts} on {place}?", {
      contacts: whoText(asNamed(contacts, place)),
      place: placeText(place),
    });
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

  async undoRun(run, change, contacts, place) {
    const act = contactActions[change].button(contacts.length);
    const question = l10n.t("Undo “{run}” of {time} on {place}?", {
      ...runValues(run, place),
      place: placeText(place),
    });
    // On production a held Enter key must not act.
    const buttons = place.production ? [l10n.t("Don't Undo"), act] : [act];
    return (await modal(question, listOf(contacts, place).join("\n"), buttons)) === act;
  },

  async undoWhich(run, changed, doubtful, place) {
    const reason = l10n.t("the lock before the run is not known");
    const items = [
      ...changed.map((contact) => ({ ...itemOf(contact), description: "", picked: true })),
      ...doubtful.map((contact) => ({ ...itemOf(contact), description: reason, picked: false })),
    ];
    const picked = await chooseSeveral(items, {
      nothing: nothingChosen(),
      title: l10n.t("Undo “{run}” of {time}", runValues(run, place)),
      placeholder: l10n.t("Select the contacts to undo."),
    });
    return picked?.map(({ contact }) => contact);

    function itemOf(contact: Contact): { readonly label: string; readonly contact: Contact } {
      return { label: titleOf(asShown(contact, place)), contact };
    }
  },

  async mayTryAgain(deleted, place) {
    const again = l10n.t("Restore Again");
    const question = l10n.t(
      "{contact}: an earlier attempt to restore this contact on {place} got no answer. Restore it again?",
      { contact: titleOf(asShown(deleted, place)), place: placeText(place) },
    );
    const detail = l10n.t(
      "The earlier attempt may have created it, or may still do so. If it did, the contact will exist twice.",
    );
    return (await modal(question, detail, [l10n.t("Skip"), again])) === again;
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
    const count = l10n.number(runs.length);
    const isOne = runs.length === 1;
    const remove = isOne ? l10n.t("Delete Journal") : l10n.t("Delete {count} Journals", { count });
    const question = isOne
      ? l10n.t("Delete the journal of this run?")
      : l10n.t("Delete the journals of {count} runs?", { count });
    const detail = [...runLines(runs), "", journalDetail(contacts)].join("\n");
    return (await modal(question, detail, [remove])) === remove;
  },
};

function asNamed(contacts: readonly NamedContact[], { masked }: Place): readonly NamedContact[] {
  if (!masked) return contacts;
  return contacts.map(({ name, ...rest }) => ({
    ...rest,
    name: name === undefined ? name : maskedText(name),
  }));
}

/** The run as the Activity view shows it. */
function runValues(run: RunSnapshot, { masked }: Place): { readonly run: string; readonly time: string } {
  const redact = masked ? maskedText : (text: string): string => text;
  const speech = { language: vscode.env.language, redact };
  return { run: runLabel(run, speech), time: shortTimeOf(run, speech) };
}

const runsInModal = 10;

/** The runs as the Activity view shows them, the newest first. Of many, the last one is the oldest. */
function runLines(runs: readonly NamedRun[]): string[] {
  const lines = runs.map(({ label, description }) => `${label} · ${description}`);
  if (lines.length <= runsInModal) return lines;
  const left = l10n.number(lines.length - runsInModal);
  return [
    ...lines.slice(0, runsInModal - 1),
    l10n.t("and {count} more, the oldest:", { count: left }),
    ...lines.slice(-1),
  ];
}

function journalDetail(contacts: number): string {
  if (contacts === 0) return l10n.t("Nothing changes on the server.");
  return contacts === 1
    ? l10n.t(
        "The saved record of 1 contact is deleted as well. If the contact was deleted from the server, or still will be, it can then no longer be restored.",
      )
    : l10n.t(
        "The saved records of {count} contacts are deleted as well. Those that were deleted from the server, or still will be, can then no longer be restored.",
        { count: l10n.number(contacts) },
      );
}
