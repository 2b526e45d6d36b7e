import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import {
  confirmationFor,
  declinesFirst,
  phraseOf,
  type Source,
} from "../../../dialler/runs/confirmationRule";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import * as l10n from "../../../l10n";
import type { Kept, Place } from "../ask/confirmWords";
import { type Preview, type PreviewAnswer, previewText } from "../ask/preview";
import type { ActingParts } from "../call/parts";
import { isListed, placeOf } from "../call/placeOf";
import { dryRunText } from "./dryRun";

/** An action to be confirmed. */
export interface Proposal {
  readonly change: Change;
  readonly connection: Connection;
  readonly contacts: readonly PlannedEntry[];
  readonly settled: readonly EntryResult[];
  /** Shown unselected, to choose from. */
  readonly offered: readonly PlannedEntry[];
  readonly source: Source;
  /** The contacts were picked from a list, or their key was typed, which ends with Enter. */
  readonly afterPicker?: boolean | undefined;
  /** It began on an endpoint that was not the active one. */
  readonly elsewhere?: boolean | undefined;
  /** For a resumed run, whether it has a journal; undefined: the person decides. */
  readonly journaled?: boolean;
}

/** The person's decision; only these contacts are acted on. */
export type Agreement =
  | {
      readonly kind: "act";
      readonly change: Change;
      readonly contacts: readonly PlannedEntry[];
      /** Contacts that were cleared in the preview. */
      readonly cleared: readonly PlannedEntry[];
      readonly journaled: boolean;
    }
  | { readonly kind: "nothing"; readonly reason: string };

/** The most items that are shown as a list of check boxes. */
export const mostPicked = 200;

/** Asks the questions that `confirmationFor` requires. Nothing is sent meanwhile, also not for a dry run. */
export async function confirmChange(parts: ActingParts, proposal: Proposal): Promise<Agreement> {
  const { change, connection, offered, source, afterPicker = false } = proposal;
  const place = placeOf(parts, connection);
  const { production } = place;
  const where = { production, elsewhere: proposal.elsewhere === true || !isListed(parts, connection) };
  let { contacts } = proposal;
  let journaled = proposal.journaled ?? true;
  const { preview: mustPreview } = confirmationFor({ change, count: contacts.length, source, ...where });
  if (mustPreview) {
    const first = declinesFirst({ production, previewed: source === "list", afterPicker });
    const shown = { ...previewOf(proposal, contacts, place), declinesFirst: first };
    const answer = await previewed(parts, shown);
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
  // The preview may have left fewer contacts: the next question depends on those, and not on who named them.
  const asking = confirmationFor({
    change,
    count: contacts.length,
    source: mustPreview ? "list" : source,
    ...where,
  });
  const kept: Kept = journaled ? { days: parts.preferences.now.retentionDays } : "notKept";
  const cleared = [...proposal.contacts, ...offered].filter((item) => !contacts.includes(item));
  const preview = {
    ...previewOf(proposal, contacts, place),
    cleared: shownIn(cleared),
    declinesFirst: declinesFirst({ production, previewed: mustPreview, afterPicker }),
  };
  const agreed = (as: Change): Agreement => ({ kind: "act", change: as, contacts, cleared, journaled });
  switch (asking.question) {
    case "none":
      break;
    case "one": {
      const [only] = preview.contacts;
      const answer = only && (await parts.ask.confirmOne(change, only, place, kept, preview.declinesFirst));
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

/** A set too large for check boxes is shown as a document. */
async function previewed(parts: ActingParts, preview: Preview): Promise<PreviewAnswer | undefined> {
  const { ask, documents } = parts;
  const { offered, setAside } = preview;
  if (preview.contacts.length + offered.length + setAside.length <= mostPicked)
    return ask.pickContacts(preview);
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
