import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import { contactIdOf, userDataFault, userDataLength } from "../../../dialler/api/record/key";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Ask } from "./ask";
import { whichCandidate } from "./candidate";
import { chooseSeveral } from "./checkBoxes";
import { asShown, campaignText, type Place, nothingChosen, placeText, quoted, titleOf } from "./confirmWords";
import { modal } from "./modal";

/** The questions that find a contact. */
export const lookUpQuestions: Pick<
  Ask,
  "whichCandidate" | "contactId" | "userData" | "whichContacts" | "whichToShow" | "readWholeList"
> = {
  whichCandidate,

  async contactId(what, place) {
    const typed = await vscode.window.showInputBox({
      title: l10n.t("{action} on {place}", { action: what, place: placeText(place) }),
      prompt: l10n.t("The ID of the contact"),
      placeHolder: "40101",
      ignoreFocusOut: true,
      validateInput: (value) =>
        contactIdOf(value.trim()) === undefined
          ? l10n.t("An ID is a whole number from 1 upwards.")
          : undefined,
    });
    return typed === undefined ? undefined : contactIdOf(typed.trim());
  },

  async userData(what, place) {
    return vscode.window.showInputBox({
      title: l10n.t("{action} on {place}", { action: what, place: placeText(place) }),
      prompt: l10n.t("The UserData exactly as it is stored, including spaces"),
      placeHolder: "CRM-000417",
      ignoreFocusOut: true,
      validateInput: (value) => userDataRemark(value),
    });
  },

  async whichContacts(change, contacts, alike, place) {
    const items = contacts.map((contact) => choiceOf(contact, place));
    const picked = await chooseSeveral(items, {
      nothing: nothingChosen(),
      title: l10n.t("{action} on {place}: {which}", {
        action: contactActions[change].button(1),
        place: placeText(place),
        which:
          contacts.length === 1
            ? l10n.t("this contact?")
            : l10n.t("which of {count} contacts?", { count: l10n.number(contacts.length) }),
      }),
      placeholder: alike
        ? l10n.t(
            "No contact has exactly this UserData; these have a similar one. Choose the contacts you want.",
          )
        : l10n.t("Several contacts share this UserData. Choose the contacts you want."),
    });
    return picked?.map(({ contact }) => contact);
  },

  async whichToShow(contacts, alike, place) {
    const items = contacts.map((contact) => choiceOf(contact, place));
    const picked = await vscode.window.showQuickPick(items, {
      ignoreFocusOut: true,
      matchOnDescription: true,
      matchOnDetail: true,
      title:
        contacts.length === 1
          ? l10n.t("This contact on {place}?", { place: placeText(place) })
          : l10n.t("Which of {count} contacts on {place}?", {
              place: placeText(place),
              count: l10n.number(contacts.length),
            }),
      placeHolder: alike
        ? l10n.t(
            "No contact has exactly this UserData; these have a similar one. Choose the contact to show.",
          )
        : l10n.t("Several contacts share this UserData. Choose the contact to show."),
    });
    return picked?.contact;
  },

  async readWholeList(place) {
    const read = l10n.t("Read All Contacts");
    const question = l10n.t("Read all contacts of {place} to find this UserData?", {
      place: placeText(place),
    });
    const detail = l10n.t(
      "This server cannot look up a UserData. All contacts can be read and compared; on a large server this takes a while.",
    );
    return (await modal(question, detail, [read])) === read;
  },
};

/** One of several contacts that share a UserData, as a row of a quick pick. */
function choiceOf(contact: Contact, place: Place): vscode.QuickPickItem & { readonly contact: Contact } {
  const shown = asShown(contact, place);
  return {
    label: titleOf(shown),
    description: [
      contact.lock === "locked" ? l10n.t("Locked") : "",
      plainText(shown.company, 60),
      plainText(shown.phoneNumbers[0]?.number ?? "", 32),
    ]
      .filter((part) => part !== "")
      .join(" · "),
    detail: [campaignText(contact, place), `UserData ${quoted(contact.userData ?? "")}`].join(" · "),
    contact,
  };
}

function userDataRemark(value: string): string | vscode.InputBoxValidationMessage | undefined {
  const fault = userDataFault(value);
  if (fault !== undefined) return fault;
  if (value.length > userDataLength) {
    return {
      message: l10n.t("The server keeps {length} characters of a UserData; this one is longer.", {
        length: userDataLength,
      }),
      severity: vscode.InputBoxValidationSeverity.Warning,
    };
  }
  if (value !== value.trim()) {
    return {
      message: l10n.t("Leading and trailing spaces are part of the UserData and are sent."),
      severity: vscode.InputBoxValidationSeverity.Info,
    };
  }
  return undefined;
}
