import { finishedOf } from "../progress/progress";
import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveIds } from "../../../dialler/lookup/resolveContacts";
import { type Match, resolveUserDataList } from "../../../dialler/lookup/resolveList";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { EntryResult } from "../../../dialler/runs/outcome";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import type { KeyReading, UnusableEntry } from "../../../dialler/text/keyList";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { quoted } from "../ask/confirmWords";
import { activeConnection, refuseSwitched } from "../call/activeConnection";
import { isProgram } from "../call/argument";
import type { Parts } from "../call/parts";
import { placeOf } from "../call/placeOf";
import { cannotLookUp, Refusal, refuseReadOnly, unusableReason } from "../call/refusal";
import { mostPicked } from "./confirmChange";
import { chooseReading } from "./chooseReading";
import { pickKeys } from "./pickKeys";
import { confirmAndRun } from "./confirmAndRun";

/** The entries of a list after looking them up. */
interface Sorted {
  readonly contacts: PlannedEntry[];
  readonly settled: EntryResult[];
  readonly doubtful: Doubtful[];
}

/** A UserData that does not name exactly one contact. */
interface Doubtful {
  readonly userData: string;
  readonly kind: "several" | "alike";
  readonly contacts: readonly Contact[];
}

/**
 * Lock, unlock or delete the contacts of a list: the selection of an editor, the clipboard or a file. Every entry has a
 * result, also one that matches no contact. @throws Refusal, ApiError before anything is changed
 */
export async function changeFromList(
  parts: Parts,
  change: Change,
  args: readonly unknown[],
): Promise<ActionReport | undefined> {
  // A menu passes the URI of an editor or the focused row; both are ignored.
  if (isProgram(args)) {
    throw new Refusal(l10n.t("This command takes no argument. Nothing was sent."));
  }
  const connection = await activeConnection(parts);
  refuseReadOnly(connection);
  const title = contactActions[change].listTitle(plainText(connection.endpoint.name, 40));
  const list = await pickKeys(title, connection.endpoint.name);
  if (list === undefined) return undefined;
  refuseSwitched(parts, connection);
  const reading = await chooseReading(parts, connection, list, title);
  if (reading === undefined) return undefined;
  refuseSwitched(parts, connection);
  const sorted = await lookedUp(parts, connection, reading);
  if (sorted === undefined) return undefined;
  const { contacts, doubtful } = sorted;
  const settled = [...reading.unusable.map(unusableResult), ...sorted.settled];
  const offered = offeredOf(doubtful, contacts, settled);
  // A longer list has no check boxes to choose with: doubtful entries are listed and skipped.
  if (contacts.length + settled.length + offered.length <= mostPicked) {
    return confirmAndRun(parts, { change, connection, entries: contacts, settled, offered, source: "list" });
  }
  settled.push(...doubtful.map(doubtfulResult));
  return confirmAndRun(parts, { change, connection, entries: contacts, settled, source: "list" });
}

/**
 * The contacts to choose from, each once: a contact that is already part of the set, or offered for another entry, is
 * not offered again. An entry with no contact left to offer is settled.
 */
function offeredOf(
  doubtful: readonly Doubtful[],
  contacts: readonly PlannedEntry[],
  settled: EntryResult[],
): PlannedEntry[] {
  const known = new Set(contacts.map(({ id }) => id));
  return doubtful.flatMap((entry) => {
    const items = entry.contacts.flatMap(plannedItem).filter(({ id }) => !known.has(id));
    for (const { id } of items) known.add(id);
    if (items.length === 0) settled.push(doubtfulResult(entry));
    return items;
  });
}

/** Looks every key up, with progress; undefined when the person gave up. */
function lookedUp(parts: Parts, connection: Connection, reading: KeyReading): Promise<Sorted | undefined> {
  const endpoint = plainText(connection.endpoint.name, 40);
  const title = l10n.t("Looking up contacts on {endpoint}", { endpoint });
  return parts.progress.cancellable(title, async (report, signal) => {
    const { keys } = reading;
    const total = keys.kind === "id" ? keys.ids.length : keys.userData.length;
    let reported = 0;
    const ports = {
      signal,
      onProgress: (finished: number): void => {
        report(finishedOf(finished, total), ((finished - reported) / total) * 100);
        reported = finished;
      },
    };
    const sorted =
      keys.kind === "id"
        ? await sortIds(parts, connection, keys.ids, ports)
        : await sortUserData(parts, connection, keys.userData, ports);
    return signal.aborted ? undefined : sorted;
  });
}

type Ports = Parameters<typeof resolveIds>[3] & object;

async function sortIds(
  parts: Parts,
  { client }: Connection,
  ids: readonly number[],
  ports: Ports,
): Promise<Sorted> {
  const found = await resolveIds(client, ids, parts.preferences.now.lockField, ports);
  const sorted: Sorted = { contacts: [], settled: [], doubtful: [] };
  for (const id of ids) {
    const shown = found.get(id);
    if (shown !== undefined) sorted.contacts.push({ id, userData: shown.userData, shown });
    else sorted.settled.push({ id, outcome: "notFound", reason: l10n.t("the server has no such contact") });
  }
  return sorted;
}

async function sortUserData(
  parts: Parts,
  connection: Connection,
  keys: readonly string[],
  ports: Ports,
): Promise<Sorted | undefined> {
  const place = placeOf(parts, connection);
  const resolution = await resolveUserDataList(connection.client, keys, {
    ...ports,
    lockField: parts.preferences.now.lockField,
    mayReadWholeList: () => parts.ask.readWholeList(place),
  });
  if (resolution.kind === "cancelled") return undefined;
  if (resolution.kind === "unusable") throw cannotLookUp();
  const sorted: Sorted = { contacts: [], settled: [], doubtful: [] };
  for (const userData of keys) sortOne(userData, resolution.match(userData), sorted);
  return sorted;
}

function sortOne(userData: string, match: Match, { contacts, settled, doubtful }: Sorted): void {
  switch (match.kind) {
    case "one": {
      const [item] = plannedItem(match.contact);
      if (item !== undefined) contacts.push(item);
      else {
        const reason = unusableReason(match.contact);
        settled.push({ id: undefined, userData, outcome: "skipped", reason });
      }
      return;
    }
    case "none": {
      const reason = l10n.t("no contact has this UserData");
      settled.push({ id: undefined, userData, outcome: "notFound", reason });
      return;
    }
    case "several":
    case "alike":
      doubtful.push({ userData, kind: match.kind, contacts: match.contacts });
  }
}

/** Empty for a contact whose ID cannot be sent. */
function plannedItem(shown: Contact): PlannedEntry[] {
  const { id, userData } = shown;
  return id === undefined ? [] : [{ id, userData, shown }];
}

function doubtfulResult({ userData, kind, contacts }: Doubtful): EntryResult {
  const ids = idsText(contacts);
  const reason =
    kind === "several"
      ? l10n.t("several contacts share this UserData: {ids}", { ids })
      : l10n.t("no contact has exactly this UserData; these have a similar one: {ids}", { ids });
  return { id: undefined, userData, outcome: "skipped", reason };
}

function idsText(contacts: readonly Contact[]): string {
  const [...first] = contacts.slice(0, 5).map(({ idText }) => `#${plainText(idText, 20)}`);
  return contacts.length > first.length ? `${first.join(", ")}…` : first.join(", ");
}

function unusableResult({ reason, value, id }: UnusableEntry): EntryResult {
  const shown = value === undefined ? {} : { reasonShown: `${reason}: ${quoted(value)}` };
  return { id, outcome: "skipped", reason, ...shown };
}
