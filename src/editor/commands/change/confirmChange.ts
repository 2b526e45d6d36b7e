import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { confirmationFor, phraseOf } from "../../../dialler/runs/confirmationRule";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import type { Kept, Place } from "../ask/confirmWords";
import { type Preview, type PreviewAnswer, previewText } from "../ask/preview";
import type { ActingParts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { dryRunText } from "./dryRun";

/** What a person is asked about. */
export interface Proposal {
  readonly change: Change;
  readonly connection: Connection;
  readonly contacts: readonly PlannedEntry[];
  readonly settled: readonly EntryResult[];
  /** Shown without a mark, to be chosen. */
  readonly offered: readonly PlannedEntry[];
  /** The contacts come from a list and have never been seen as rows. */
  readonly fromList: boolean;
  /** Whether the run has a journal, where it is one that goes on; undefined: a person decides. */
  readonly journaled?: boolean;
}

/** What was agreed to, frozen: only these contacts. */
export type Agreement =
  | {
      readonly kind: "act";
      readonly change: Change;
      readonly contacts: readonly PlannedEntry[];
      /** Contacts that were taken out in the preview. */
      readonly takenOut: readonly PlannedEntry[];
      readonly journaled: boolean;
    }
  | { readonly kind: "nothing"; readonly reason: string };

/** So many fit into a list of checkmarks that somebody goes through. */
export const mostTicked = 200;

/** Asks what the table of confirmations wants asked. Nothing is sent meanwhile, the reading of a dry run included. */
export async function confirmChange(parts: ActingParts, proposal: Proposal): Promise<Agreement> {
  const { change, connection, offered, fromList } = proposal;
  const place = placeOf(parts, connection);
  const { production } = place;
  let { contacts } = proposal;
  let journaled = proposal.journaled ?? true;
  if (confirmationFor({ change, count: contacts.length, production, fromList }).preview) {
    const answer = await previewed(parts, previewOf(proposal, contacts, place));
    if (answer === undefined) return declined;
    contacts = [...contacts, ...offered].filter(
      ({ shown }) => shown !== undefined && answer.contacts.has(shown),
    );
    journaled = proposal.journaled ?? answer.journaled;
    if (answer.go === "dryRun") {
      const text = dryRunText(change, contacts, connection);
      await parts.documents.showText(l10n.t("Dry Run"), text);
      return { kind: "nothing", reason: l10n.t("dry run, nothing was sent") };
    }
  }
  // Fewer may be left: what is asked next follows from what will be done.
  const asking = confirmationFor({ change, count: contacts.length, production, fromList });
  const kept: Kept = journaled ? { days: parts.preferences.now.retentionDays } : "notKept";
  const preview = previewOf(proposal, contacts, place);
  const takenOut = [...proposal.contacts, ...offered].filter((item) => !contacts.includes(item));
  const agreed = (as: Change): Agreement => ({ kind: "act", change: as, contacts, takenOut, journaled });
  switch (asking.question) {
    case "none":
      break;
    case "one": {
      const [only] = preview.contacts;
      const answer = only && (await parts.ask.confirmOne(change, only, place, kept));
      return answer === undefined ? declined : agreed(answer);
    }
    case "many":
      if (!(await parts.ask.actOnMany(preview, kept))) return declined;
  }
  if (asking.typed) {
    const phrase = phraseOf(connection.endpoint.name, contacts.length);
    if (!(await parts.ask.typedPhrase(phrase, preview, kept))) return declined;
  }
  return agreed(change);
}

const declined: Agreement = {
  kind: "nothing",
  get reason() {
    return l10n.t("not confirmed");
  },
};

function previewOf(
  { change, settled, offered, journaled }: Proposal,
  contacts: readonly PlannedEntry[],
  place: Place,
): Preview {
  return {
    change,
    place,
    contacts: shownIn(contacts),
    offered: shownIn(offered),
    setAside: settled,
    mayGoUnkept: journaled === undefined,
  };
}

function shownIn(items: readonly PlannedEntry[]): Contact[] {
  return items.map(({ shown }) => shown).filter((contact) => contact !== undefined);
}

/** A set that nobody could go through mark by mark is shown as a document. */
async function previewed(parts: ActingParts, preview: Preview): Promise<PreviewAnswer | undefined> {
  const { ask, documents } = parts;
  const { contacts: meant, offered, setAside } = preview;
  if (meant.length + offered.length + setAside.length <= mostTicked) return ask.tickContacts(preview);
  await documents.showText(l10n.t("Preview"), previewText(preview));
  const contacts: ReadonlySet<Contact> = new Set(preview.contacts);
  for (;;) {
    const answer = await ask.acceptPreview(preview);
    if (answer === undefined) return undefined;
    if (answer === "dryRun") return { go: "dryRun", contacts, journaled: true };
    if (answer !== "read") return { go: "act", contacts, journaled: answer === "act" };
    if (!(await ask.afterReading(preview))) return undefined;
  }
}
