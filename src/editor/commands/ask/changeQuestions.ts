import * as vscode from "vscode";
import { contactActions } from "../../../dialler/runs/contactAction";
import { remarksOf } from "../../../dialler/runs/remarksOf";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Ask } from "./ask";
import {
  asShown,
  detailOf,
  finalSentence,
  type Kept,
  listOf,
  type Place,
  placeText,
  quoted,
  sentenceOf,
  titleOf,
  unkeptButton,
} from "./confirmWords";
import { leftOutText, type Preview, previewCounts, previewTitle } from "./preview";
import { modal } from "./modal";
import { pickContacts } from "./pickContacts";

/** The questions before contacts are changed. */
export const changeQuestions: Pick<
  Ask,
  | "confirmOne"
  | "actOnMany"
  | "pickContacts"
  | "acceptPreview"
  | "afterReading"
  | "typedPhrase"
  | "directAction"
  | "actDirectly"
> = {
  async confirmOne(change, contact, place, kept, declinesFirst) {
    const action = contactActions[change];
    const removes = action.effect === "removes";
    const unkept = action.keepsRecord && kept === "notKept";
    const button = unkept ? unkeptButton(1) : action.button(1);
    const lock = l10n.t("Lock Instead");
    const values = { contact: titleOf(asShown(contact, place)), place: placeText(place) };
    const question = unkept
      ? l10n.t("Delete contact {contact} on {place} for good and keep no record?", values)
      : action.question(values.contact, values.place);
    const choices = removes && contact.lock !== "locked" ? [button, lock] : [button];
    const remarks = remarksOf(change, contact);
    const detail = [
      detailOf(contact, place),
      ...remarks.map(sentenceOf),
      ...(removes ? ["", finalSentence(kept, 1, remarks.length === 0)] : []),
    ];
    const declining = declinesFirst ? action.declineButton() : undefined;
    const chosen = await modal(question, detail.join("\n"), choices, declining);
    if (chosen === undefined) return undefined;
    return chosen === button ? change : contactActions.lock.change;
  },

  async actOnMany(preview, kept) {
    const { change, contacts, place } = preview;
    const action = contactActions[change];
    const count = contacts.length;
    const unkept = isUnkept(preview, kept);
    const button = unkept ? unkeptButton(count) : action.button(count);
    const question = unkept ? unkeptQuestion(count, place) : action.questionMany(count, placeText(place));
    const leftOut = leftOutText(preview);
    const detail = [
      ...(leftOut === "" ? [] : [leftOut]),
      ...previewCounts(preview),
      ...listOf(contacts, place),
      ...(action.effect === "removes" ? ["", finalSentence(kept, count)] : []),
    ];
    const declining = preview.declinesFirst === true ? action.declineButton() : undefined;
    return (await modal(question, detail.join("\n"), [button], declining)) === button;
  },

  pickContacts,

  async acceptPreview(preview) {
    const action = contactActions[preview.change];
    const act = action.button(preview.contacts.length);
    const dryRun = l10n.t("Dry Run");
    const unkept = unkeptButton(preview.contacts.length);
    const read = l10n.t("Read First");
    const question = l10n.t("{question} The contacts are listed in the editor.", {
      question: action.questionMany(preview.contacts.length, placeText(preview.place)),
    });
    const leftOut = leftOutText(preview);
    const detail = [...(leftOut === "" ? [] : [leftOut]), ...previewCounts(preview)];
    const mayGoUnkept = action.keepsRecord && preview.mayGoUnkept;
    const buttons = mayGoUnkept ? [act, dryRun, unkept, read] : [act, dryRun, read];
    const declining = preview.declinesFirst === true ? action.declineButton() : undefined;
    const chosen = await modal(question, detail.join("\n"), buttons, declining);
    if (chosen === act) return "act";
    if (chosen === dryRun) return "dryRun";
    if (chosen === unkept) return "actUnkept";
    return chosen === read ? "read" : undefined;
  },

  async afterReading(preview) {
    const goOn = l10n.t("Continue…");
    const title = l10n.t("Nothing has been sent yet: {action}.", { action: previewTitle(preview) });
    return (await vscode.window.showInformationMessage(title, goOn)) === goOn;
  },

  async typedPhrase(phrase, preview, kept) {
    const values = { phrase: plainText(phrase, 60) };
    const { change, contacts, place } = preview;
    const action = contactActions[change];
    const question = isUnkept(preview, kept)
      ? unkeptQuestion(contacts.length, place)
      : action.questionMany(contacts.length, placeText(place));
    const leftOut = leftOutText(preview);
    const prompt = [
      leftOut === "" ? "" : sentenceOf(leftOut),
      action.effect === "removes" ? finalSentence(kept, contacts.length) : "",
      l10n.t("Type {phrase} to confirm. Esc cancels; nothing is sent.", values),
    ];
    const typed = await vscode.window.showInputBox({
      title: l10n.t("{question} Type {phrase}", { ...values, question }),
      prompt: prompt.filter((part) => part !== "").join(" "),
      placeHolder: values.phrase,
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === phrase ? undefined : l10n.t("Type exactly {phrase}, or press Esc to cancel.", values),
    });
    return typed === phrase;
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

  async actDirectly(change, userData, place, matches) {
    const button = l10n.t("{action} an Arbitrary Match", { action: contactActions[change].button(1) });
    const question = l10n.t("{action} one contact with UserData {userData} on {place}?", {
      action: contactActions[change].button(1),
      userData: quoted(userData),
      place: placeText(place),
    });
    const warning = l10n.t(
      "If several contacts share this UserData, the server changes the first one it finds, and which one cannot be determined. This extension sends the request once; a proxy on the way may repeat it, which changes further contacts.",
    );
    const detail = `${matchesText(matches)}\n\n${warning}`;
    return (
      (await modal(
        question,
        contactActions[change].effect === "removes" ? `${detail}\n\n${finalSentence("notKept", 1)}` : detail,
        [button],
      )) === button
    );
  },
};

function matchesText(matches: number | undefined): string {
  if (matches === undefined) return l10n.t("The server cannot tell which contacts have this UserData.");
  return matches === 1
    ? l10n.t("1 contact has this UserData now.")
    : l10n.t("{count} contacts have this UserData now.", { count: l10n.number(matches) });
}

function isUnkept({ change }: Preview, kept: Kept): boolean {
  return contactActions[change].keepsRecord && kept === "notKept";
}

function unkeptQuestion(count: number, place: Place): string {
  const values = { count: l10n.number(count), place: placeText(place) };
  return count === 1
    ? l10n.t("Delete 1 contact on {place} for good and keep no record?", values)
    : l10n.t("Delete {count} contacts on {place} for good and keep no record?", values);
}
