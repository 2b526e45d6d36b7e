import { contactActions, isAction } from "../../../dialler/runs/contactAction";
import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import { type ActionReport, isSuccess } from "../../../dialler/runs/actionReport";
import { phraseOf } from "../../../dialler/runs/confirmationRule";
import type { EntryResult } from "../../../dialler/runs/outcome";
import { remediesOf } from "../../../dialler/runs/runRemedies";
import { isKnownChange, lockLeftByRun } from "../../../dialler/runs/runResults";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { Refusal } from "../call/refusal";
import { runConfirmed } from "../change/confirmAndRun";
import { type ChosenRun, chosenRun, isChosen } from "./chosenRun";
import { changingConnectionOfRun, withReopenedRun } from "./reopenRun";

/** Up to so many locks or unlocks are taken back at once outside production. */
const undoneAtOnce = 10;
/** More on production have to be typed. */
const mostByClick = 50;

/** Undoes the lock or unlock that was clicked or picked. */
export async function undoRun(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const [title, otherwise] = [l10n.t("Undo Run of Contacts"), nothingToUndo()];
  const none = l10n.t("There is no run that can be undone.");
  const applies = (one: RunSnapshot): boolean => remediesOf(one).undo.length > 0;
  const chosen = await chosenRun(parts, args, { title, applies, otherwise, none });
  return chosen && undoChosen(parts, chosen);
}

/**
 * Runs the opposite action, as a new run, on exactly the contacts that the run changed. Each is read again first: a
 * contact whose lock has changed since is skipped.
 */
export async function undoChosen(parts: Parts, chosen: ChosenRun): Promise<ActionReport | undefined> {
  const { snapshot } = chosen;
  const { action } = snapshot.plan;
  const change = isAction(action) ? contactActions[action].opposite : undefined;
  const { undo } = remediesOf(snapshot);
  const numbers = undo.filter((number) => isChosen(chosen, number));
  if (change === undefined || numbers.length === 0) throw new Refusal(nothingToUndo());
  const connection = await changingConnectionOfRun(parts, snapshot);
  const found = await readAgain(parts, connection, snapshot, numbers);
  const agreed = await agreedUndo(parts, connection, snapshot, change, found);
  if (agreed === undefined) return undefined;
  const report = await runConfirmed(parts, {
    ...{ change, connection, journaled: false, undoes: snapshot.plan.run },
    entries: agreed.contacts.flatMap((shown) =>
      shown.id === undefined ? [] : [{ id: shown.id, userData: shown.userData, shown }],
    ),
    before: [...found.settled, ...agreed.left],
  });
  const isWhole = numbers.length === undo.length && agreed.left.length === 0;
  if (isWhole && isSuccess(report) && report.counts.notAttempted === 0) {
    await markUndone(parts, snapshot.plan.run, connection);
  }
  return report;
}

function nothingToUndo(): string {
  return l10n.t("Nothing in this run can be undone.");
}

/** The contacts as they are now. */
interface Found {
  /** The run certainly changed them. */
  readonly changed: readonly Contact[];
  /** Their lock before the run is not known. */
  readonly doubtful: readonly Contact[];
  readonly settled: readonly EntryResult[];
}

async function readAgain(
  parts: Parts,
  connection: Connection,
  snapshot: RunSnapshot,
  numbers: readonly number[],
): Promise<Found> {
  const left = lockLeftByRun(snapshot);
  const ids = numbers.flatMap((number) => snapshot.items[number]?.id ?? []);
  const found = await resolveIds(connection.client, ids, parts.preferences.now.lockField);
  const changed: Contact[] = [];
  const doubtful: Contact[] = [];
  const settled: EntryResult[] = [];
  for (const number of numbers) {
    const id = snapshot.items[number]?.id;
    const shown = id === undefined ? undefined : found.get(id);
    if (shown === undefined) {
      settled.push({ id, outcome: "notFound", reason: l10n.t("the server has no such contact") });
    } else if (shown.lock !== "unknown" && shown.lock !== left) {
      const reason = l10n.t("The lock has changed since this run; nothing was sent.");
      settled.push({ id, outcome: "skipped", reason });
    } else (isKnownChange(snapshot, number) ? changed : doubtful).push(shown);
  }
  return { changed, doubtful, settled };
}

interface AgreedUndo {
  readonly contacts: readonly Contact[];
  /** Contacts that the person left out. */
  readonly left: readonly EntryResult[];
}

/** Asks what has to be asked; undefined when the person gave up. */
async function agreedUndo(
  parts: Parts,
  connection: Connection,
  snapshot: RunSnapshot,
  change: Change,
  { changed, doubtful, settled }: Found,
): Promise<AgreedUndo | undefined> {
  const place = placeOf(parts, connection);
  const picked =
    doubtful.length === 0 ? changed : await parts.ask.undoWhich(snapshot, changed, doubtful, place);
  if (picked === undefined) return undefined;
  const left = [...changed, ...doubtful]
    .filter((contact) => !picked.includes(contact))
    .map(({ id }): EntryResult => ({ id, outcome: "skipped", reason: l10n.t("cleared in the preview") }));
  const count = picked.length;
  // What was picked one by one outside production has been confirmed by that.
  const isAsked = place.production || (count > undoneAtOnce && doubtful.length === 0);
  if (count > 0 && isAsked && !(await parts.ask.undoRun(snapshot, change, picked, place))) return undefined;
  const isTyped = place.production && count > mostByClick;
  if (isTyped) {
    const preview = { change, place, contacts: picked, offered: [], setAside: settled, mayGoUnkept: false };
    const phrase = phraseOf(connection.endpoint.name, count);
    const kept = { days: parts.preferences.now.retentionDays };
    if (!(await parts.ask.typedPhrase(phrase, preview, kept))) return undefined;
  }
  return { contacts: picked, left };
}

/** The contacts have been changed by now, so a failure here is logged and does not affect the report. */
async function markUndone(parts: Parts, run: string, connection: Connection): Promise<void> {
  try {
    await withReopenedRun(parts, run, connection, ({ recorder }) => recorder.undone());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    parts.channel.say(
      "warning",
      l10n.t("The run could not be marked as undone, because it is in use or no longer kept."),
    );
  }
}
