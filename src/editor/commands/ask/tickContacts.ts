import * as vscode from "vscode";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { Contact } from "../../../dialler/api/record/contact";
import { answered } from "./quickInput";
import * as l10n from "../../../l10n";
import { asShown, campaignText, quoted, titleOf } from "./confirmWords";
import { asideText, type Preview, type PreviewAnswer, previewTitle, stateText } from "./preview";

interface ContactItem extends vscode.QuickPickItem {
  /** Undefined: not part of the run, only shown. */
  readonly contact?: Contact;
}

/** The preview as a list of checkmarks, all set; undefined when a person left it or took every mark away. */
export async function tickContacts(preview: Preview): Promise<PreviewAnswer | undefined> {
  const pick = vscode.window.createQuickPick<ContactItem>();
  const dryRun = button("beaker", l10n.t("Dry Run"));
  const unkept = button("circle-slash", l10n.t("Delete Without Journal"));
  const ticks = preview.contacts.map((contact) => itemOf(preview, contact));
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.title = previewTitle(preview);
  pick.placeholder = l10n.t("Untick what is not meant. Escape sends nothing.");
  const mayGoUnkept = contactActions[preview.change].journalled && preview.mayGoUnkept;
  pick.buttons = mayGoUnkept ? [dryRun, unkept] : [dryRun];
  pick.items = [...ticks, ...offeredItems(preview), ...asideItems(preview)];
  pick.selectedItems = ticks;
  const ticked = (): Set<Contact> => new Set(pick.selectedItems.flatMap(({ contact }) => contact ?? []));
  return answered<PreviewAnswer | undefined>(pick, (close) => {
    const finish = (go: PreviewAnswer["go"], journaled: boolean): void => {
      const contacts = ticked();
      close(contacts.size > 0 ? { go, contacts, journaled } : undefined);
    };
    pick.onDidChangeSelection((items) => {
      // What is not part of the run has a box because every line of such a list has one; it cannot be ticked.
      if (items.some(({ contact }) => contact === undefined)) {
        pick.selectedItems = items.filter(({ contact }) => contact !== undefined);
      }
    });
    pick.onDidTriggerButton((pressed) => finish(pressed === dryRun ? "dryRun" : "act", pressed !== unkept));
    pick.onDidAccept(() => finish("act", true));
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
  const heading = l10n.t("same or similar UserData: mark those meant");
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
