import * as vscode from "vscode";
import type { Contact } from "../../../dialler/api/record/contact";
import { contactIdOf, userDataFault, userDataLength } from "../../../dialler/api/record/key";
import { contactActions } from "../../../dialler/runs/contactAction";
import { remarksOf } from "../../../dialler/runs/remarksOf";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Ask } from "./ask";
import {
  asShown,
  campaignText,
  detailOf,
  finalSentence,
  listOf,
  type Place,
  placeText,
  quoted,
  sentenceOf,
  titleOf,
} from "./confirmWords";
import { importQuestions } from "./importQuestions";
import { previewCounts, previewTitle } from "./preview";
import { modal } from "./modal";
import { tickContacts } from "./tickContacts";

/** Asks with VS Code's own dialogs. Whatever is closed or escaped from is a no. */
export const askInWindow: Ask = {
  async confirmOne(change, contact, place, kept) {
    const action = contactActions[change];
    const removes = action.effect === "removes";
    const button = action.button(1);
    const lock = l10n.t("Lock Instead");
    const question = action.question(titleOf(asShown(contact, place)), placeText(place));
    const choices = removes && contact.lock !== "locked" ? [button, lock] : [button];
    const remarks = remarksOf(change, contact);
    const detail = [
      detailOf(contact, place),
      ...remarks.map(sentenceOf),
      ...(removes ? ["", finalSentence(kept, remarks.length === 0)] : []),
    ];
    const chosen = await modal(question, detail.join("\n"), choices);
    if (chosen === undefined) return undefined;
    return chosen === button ? change : contactActions.lock.change;
  },

  async actOnMany(preview, kept) {
    const { change, contacts, place } = preview;
    const action = contactActions[change];
    const button = action.button(contacts.length);
    const question = l10n.t("{action} on {place}?", { action: button, place: placeText(place) });
    const detail = [
      ...previewCounts(preview),
      ...listOf(contacts, place),
      ...(action.effect === "removes" ? ["", finalSentence(kept)] : []),
    ];
    return (await modal(question, detail.join("\n"), [button])) === button;
  },

  tickContacts,

  async acceptPreview(preview) {
    const action = contactActions[preview.change];
    const act = action.button(preview.contacts.length);
    const dryRun = l10n.t("Dry Run");
    const unkept = l10n.t("Delete Without Journal");
    const read = l10n.t("Read First");
    const question = l10n.t("{action}? They are listed in the editor.", { action: previewTitle(preview) });
    const mayGoUnkept = action.journalled && preview.mayGoUnkept;
    const buttons = mayGoUnkept ? [act, dryRun, unkept, read] : [act, dryRun, read];
    const chosen = await modal(question, previewCounts(preview).join("\n"), buttons);
    if (chosen === act) return "act";
    if (chosen === dryRun) return "dryRun";
    if (chosen === unkept) return "actUnkept";
    return chosen === read ? "read" : undefined;
  },

  async afterReading(preview) {
    const goOn = l10n.t("Continue…");
    const title = l10n.t("Nothing was sent yet: {action}.", { action: previewTitle(preview) });
    return (await vscode.window.showInformationMessage(title, goOn)) === goOn;
  },

  async typedPhrase(phrase, preview, kept) {
    const values = { phrase: plainText(phrase, 60) };
    const typed = await vscode.window.showInputBox({
      title: l10n.t("{action}? Type {phrase}", { ...values, action: previewTitle(preview) }),
      prompt: `${finalSentence(kept)} ${l10n.t("Type {phrase} to delete. Escape sends nothing.", values)}`,
      placeHolder: values.phrase,
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === phrase ? undefined : l10n.t("Type exactly {phrase}, or press Escape.", values),
    });
    return typed === phrase;
  },

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
      prompt: l10n.t("The UserData exactly as it is stored, blanks included"),
      placeHolder: "CRM-000417",
      ignoreFocusOut: true,
      validateInput: (value) => userDataRemark(value),
    });
  },

  async whichContacts(change, contacts, alike, place) {
    const items = contacts.map((contact) => choiceOf(contact, place));
    const picked = await vscode.window.showQuickPick(items, {
      canPickMany: true,
      ignoreFocusOut: true,
      matchOnDescription: true,
      matchOnDetail: true,
      title: l10n.t("{action} on {place}: {which}", {
        action: contactActions[change].button(1),
        place: placeText(place),
        which:
          contacts.length === 1
            ? l10n.t("this contact?")
            : l10n.t("which of {count} contacts?", { count: l10n.number(contacts.length) }),
      }),
      placeHolder: alike
        ? l10n.t("No contact has exactly this UserData; these only look like it. Choose those you mean.")
        : l10n.t("Several contacts share this UserData. Choose those you mean."),
    });
    return picked === undefined || picked.length === 0 ? undefined : picked.map(({ contact }) => contact);
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
        ? l10n.t("No contact has exactly this UserData; these only look like it. Choose the one to show.")
        : l10n.t("Several contacts share this UserData. Choose the one to show."),
    });
    return picked?.contact;
  },

  async readWholeList(place) {
    const read = l10n.t("Read All Contacts");
    const question = l10n.t("Read all contacts of {place} to find this UserData?", {
      place: placeText(place),
    });
    const detail = l10n.t(
      "This server cannot look a UserData up. All contacts can be read and compared; on a large server this takes a while.",
    );
    return (await modal(question, detail, [read])) === read;
  },

  async directAction(place) {
    const items = Object.values(contactActions)
      .filter(({ offeredDirectly }) => offeredDirectly)
      .map((action) => ({ label: action.button(1), change: action.change }));
    const picked = await vscode.window.showQuickPick(items, {
      ignoreFocusOut: true,
      title: l10n.t("Act by UserData directly on {place}", { place: placeText(place) }),
      placeHolder: l10n.t("The server changes the first match it finds; which one cannot be determined."),
    });
    return picked?.change;
  },

  async actDirectly(change, userData, place) {
    const button = l10n.t("{action} an Arbitrary Match", { action: contactActions[change].button(1) });
    const question = l10n.t("{action} one contact with UserData {userData} on {place}?", {
      action: contactActions[change].button(1),
      userData: quoted(userData),
      place: placeText(place),
    });
    const detail = l10n.t(
      "If several contacts share this UserData, the server changes the first one it finds, and which one cannot be determined. The request is sent once and never repeated.",
    );
    return (
      (await modal(
        question,
        contactActions[change].effect === "removes" ? `${detail}\n\n${finalSentence("notKept")}` : detail,
        [button],
      )) === button
    );
  },

  async openLink(host, link) {
    const open = l10n.t("Open");
    const question = l10n.t("Open a page on {host}?", { host: plainText(host) });
    return (await modal(question, plainText(link, 500), [open])) === open;
  },

  async afterFailedCheck(sentence) {
    const again = l10n.t("Enter Token Again");
    const save = l10n.t("Save Anyway");
    const chosen = await modal(l10n.t("The endpoint could not be used."), plainText(sentence, 1000), [
      again,
      save,
    ]);
    if (chosen === undefined) return undefined;
    return chosen === again ? "retry" : "save";
  },

  async loadAll(campaigns) {
    const load = l10n.t("Load All");
    const question =
      campaigns === 1
        ? l10n.t("Load the contacts of 1 campaign?")
        : l10n.t("Load the contacts of {count} campaigns?", { count: l10n.number(campaigns) });
    const detail = l10n.t("The server sends every contact of each campaign. It can be stopped at any time.");
    return (await modal(question, detail, [load])) === load;
  },

  async removeEndpoint(name, tokenToo) {
    const remove = l10n.t("Remove");
    const question = l10n.t("Remove the endpoint {endpoint} from the settings?", {
      endpoint: plainText(name, 40),
    });
    const detail = tokenToo
      ? l10n.t("Its token is forgotten too. Nothing changes on the server.")
      : l10n.t(
          "Its token is kept, because another endpoint has the same base URL. Nothing changes on the server.",
        );
    return (await modal(question, detail, [remove])) === remove;
  },

  ...importQuestions,

  async writeIntoWorkTree(file) {
    const write = l10n.t("Write Here");
    const question = l10n.t("Write personal data into a git work tree?");
    const detail = l10n.t("The file {file} could be committed and pushed. Better choose a folder outside.", {
      file,
    });
    return (await modal(question, detail, [write])) === write;
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

/** A contact to choose among those with one UserData. */
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

function journalDetail(contacts: number): string {
  if (contacts === 0) return l10n.t("Nothing changes on the server.");
  return contacts === 1
    ? l10n.t("Its contact can no longer be restored.")
    : l10n.t("{count} deleted contacts can no longer be restored.", { count: l10n.number(contacts) });
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
      message: l10n.t("The blanks at the ends are part of the UserData and are sent."),
      severity: vscode.InputBoxValidationSeverity.Info,
    };
  }
  return undefined;
}
