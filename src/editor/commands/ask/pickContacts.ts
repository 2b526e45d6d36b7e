import * as vscode from "vscode";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { Contact } from "../../../dialler/api/record/contact";
import { answered } from "./quickInput";
import * as l10n from "../../../l10n";
import { acceptChosen, listenToBoxes, withCheckBoxes } from "./checkBoxes";
import { asShown, campaignText, nothingChosen, quoted, titleOf } from "./confirmWords";
import { asideText, type Preview, type PreviewAnswer, previewTitle, stateText } from "./preview";

interface ContactItem extends vscode.QuickPickItem {
  /** Undefined: not part of the run, only shown. */
  readonly contact?: Contact;
}

/** The preview as a list of check boxes, all selected; undefined when the person left it. */
export async function pickContacts(preview: Preview): Promise<PreviewAnswer | undefined> {
  const pick = vscode.window.createQuickPick<ContactItem>();
  const dryRun = button("beaker", l10n.t("Dry Run"));
  const unkept = button("circle-slash", l10n.t("Delete for Good, Keep No Record"));
  const items = preview.contacts.map((contact) => itemOf(preview, contact));
  pick.title = previewTitle(preview);
  pick.placeholder = l10n.t("Clear the contacts you want to leave out. Esc cancels; nothing is sent.");
  const mayGoUnkept = contactActions[preview.change].keepsRecord && preview.mayGoUnkept;
  pick.buttons = mayGoUnkept ? [dryRun, unkept] : [dryRun];
  withCheckBoxes(pick, [...items, ...offeredItems(preview), ...asideItems(preview)]);
  pick.selectedItems = items;
  const nothing = nothingChosen();
  return answered<PreviewAnswer>(pick, (close) => {
    const finish =
      (go: PreviewAnswer["go"], journaled: boolean) =>
      (chosen: readonly ContactItem[]): void =>
        close({ go, contacts: new Set(chosen.flatMap(({ contact }) => contact ?? [])), journaled });
    const isChoice = ({ contact }: ContactItem): boolean => contact !== undefined;
    listenToBoxes(pick, { nothing, isChoice }, finish("act", true));
    pick.onDidTriggerButton((pressed) =>
      acceptChosen(pick, nothing, finish(pressed === dryRun ? "dryRun" : "act", pressed !== unkept)),
    );
  });
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function itemOf({ change, place }: Preview, contact: Contact): ContactItem {
  const userData = contact.userData === undefined ? "–" : quoted(contact.userData);
  return {
    label: titleOf(asShown(contact, place)),
    description: stateText(change, contact),
    detail: `${campaignText(contact, place)} · UserData ${userData}`,
    contact,
  };
}

/** Nothing is preselected among contacts that share a UserData. */
function offeredItems(preview: Preview): ContactItem[] {
  if (preview.offered.length === 0) return [];
  const heading = l10n.t("same or similar UserData: select the contacts you want");
  return [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...preview.offered.map((contact) => itemOf(preview, contact)),
  ];
}

function asideItems({ setAside }: Preview): ContactItem[] {
  if (setAside.length === 0) return [];
  const heading = l10n.t("Not part of it ({count})", { count: l10n.number(setAside.length) });
  return [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...setAside.map((result): ContactItem => ({ label: asideText(result) })),
  ];
}
