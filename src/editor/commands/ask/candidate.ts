import * as vscode from "vscode";
import type { Change } from "../../../dialler/api/changeRules";
import { type Contact, contactLabel } from "../../../dialler/api/record/contact";
import type { ContactRow } from "../../../dialler/list/rows";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { isolated } from "../../shown/isolated";
import { plainText } from "../../shown/plainText";
import { namedFrom, whoText } from "../../shown/who";
import { type Place, placeText } from "./confirmWords";

/** What a person may mean who runs a command from the palette. Carries what it names, whatever is selected later. */
export type Candidate<Document = unknown> =
  | {
      readonly kind: "record";
      /** What the command is then run on. */
      readonly document: Document;
      readonly id: number;
      /** Undefined if its tab was restored and nothing was read yet. */
      readonly contact: Contact | undefined;
      /** Where it is, if not on the active endpoint. */
      readonly elsewhere?: Pick<Place, "endpoint" | "production">;
    }
  | {
      readonly kind: "selection";
      readonly rows: readonly ContactRow[];
      readonly contacts: readonly Contact[];
    };

interface CandidateItem<Document> extends vscode.QuickPickItem {
  readonly candidate: Candidate<Document> | "another";
}

/**
 * Shows the candidates, one Enter away, and the way to any other contact on the active endpoint, which `place` names.
 * Without a candidate it asks for that way at once. Undefined: nothing.
 */
export async function whichCandidate<Document>(
  change: Change,
  candidates: readonly Candidate<Document>[],
  place: Place,
): Promise<Candidate<Document> | "id" | "userData" | undefined> {
  const action = contactActions[change].button(1);
  const title = l10n.t("{action} on {place}", { action, place: placeText(place) });
  const items: CandidateItem<Document>[] = candidates.map((candidate) => ({
    label: labelOf(action, candidate),
    description:
      candidate.kind === "record" ? l10n.t("record in front") : l10n.t("selected in the Contacts view"),
    candidate,
  }));
  if (items.length > 0) {
    items.push({
      label: l10n.t("Another contact on {place}… (ID or UserData)", { place: placeText(place) }),
      candidate: "another",
    });
    const picked = await vscode.window.showQuickPick(items, {
      title: items.some(isElsewhere) ? action : title,
      ignoreFocusOut: true,
    });
    if (picked?.candidate !== "another") return picked?.candidate;
  }
  const keys = [
    { label: l10n.t("By ID…"), key: "id" as const },
    { label: l10n.t("By UserData…"), key: "userData" as const },
  ];
  return (await vscode.window.showQuickPick(keys, { title, ignoreFocusOut: true }))?.key;
}

function isElsewhere<Document>({ candidate }: CandidateItem<Document>): boolean {
  return candidate !== "another" && candidate.kind === "record" && candidate.elsewhere !== undefined;
}

function labelOf(action: string, candidate: Candidate): string {
  const values = { action, contact: candidateText(candidate) };
  return candidate.kind === "record" && candidate.elsewhere !== undefined
    ? l10n.t("{action} {contact} on {place}", { ...values, place: placeText(candidate.elsewhere) })
    : l10n.t("{action} {contact}", values);
}

function candidateText(candidate: Candidate): string {
  if (candidate.kind === "record") {
    return candidate.contact === undefined ? `#${candidate.id}` : contactText(candidate.contact);
  }
  const { contacts } = candidate;
  const [first, ...others] = contacts;
  if (first !== undefined && others.length === 0) return contactText(first);
  return l10n.t("{count} selected contacts: {names}", {
    count: l10n.number(contacts.length),
    names: whoText(namedFrom(contacts), "count"),
  });
}

function contactText(contact: Contact): string {
  const id = `#${plainText(contact.idText, 20)}`;
  const parts = [plainText(contactLabel(contact), 80), plainText(contact.userData ?? "", 60), id];
  return [...new Set(parts)]
    .filter((part) => part !== "")
    .map(isolated)
    .join(" · ");
}
