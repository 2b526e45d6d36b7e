import { finishedOf } from "../progress/progress";
import { importSummary, type NamedResult, resultSentence } from "../../shown/summaries";
import type { Contact } from "../../../dialler/api/record/contact";
import { isSuccess } from "../../../dialler/runs/actionReport";
import { entryBefore } from "../../../dialler/runs/plan";
import { recordedAction } from "../../../dialler/runs/recordedAction";
import type { Connection } from "../../../dialler/endpoint/connect";
import { resolveUserDataList } from "../../../dialler/lookup/resolveList";
import { type ImportPlan, importPlan } from "../../../dialler/transfer/importPlan";
import {
  asideResult,
  importReportOf,
  notImportedText,
  type RowResult,
} from "../../../dialler/transfer/importReport";
import { checkedRows, type CheckedRows, type RowChecks } from "../../../dialler/transfer/importRows";
import type { ImportTable } from "../../../dialler/transfer/importTable";
import { inSlices } from "../progress/inSlices";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { sentenceOf } from "../ask/confirmWords";
import { activeConnection } from "../call/activeConnection";
import { showActivityStep } from "../call/notify";
import type { Parts } from "../call/parts";
import { causeStep, stopText, warningsText, wholeLevel } from "../call/resultRemarks";
import { placeOf } from "../call/placeOf";
import { cannotLookUp, refuseReadOnly } from "../call/refusal";
import { confirmImport } from "./confirmImport";
import { pickCampaign, pickTable, type Placed } from "./pickImport";
import { pickMapping } from "./pickMapping";
import { contactsSent, recordImport } from "./recordTransfer";
import { notImportedName } from "../../../dialler/transfer/exportName";
import { chooseTarget, writeText } from "./saveFile";
import { saveTemplate } from "./saveTemplate";
import { sayImportResults, sendImport } from "./sendImport";

/**
 * Creates contacts from the rows of a file, each at most once. Every row is checked before anything is sent, and every
 * row has a result. @throws Refusal, ApiError before anything is changed
 */
export async function importContacts(parts: Parts): Promise<void> {
  const connection = await activeConnection(parts);
  refuseReadOnly(connection);
  const picked = await pickTable();
  if (picked === undefined) return;
  const { table, how } = picked;
  const mapping = await pickMapping(table, how);
  if (mapping === undefined) return;
  if (mapping === "template") {
    await saveTemplate(parts);
    return;
  }
  const placed = await pickCampaign(connection, table, mapping);
  if (placed === undefined) return;
  const place = placeOf(parts, connection);
  let mayRead: boolean | undefined;
  const mayReadWholeList = async (): Promise<boolean> => (mayRead ??= await parts.ask.readWholeList(place));
  const plan = await planned(parts, connection, placed, mayReadWholeList);
  if (plan === undefined) return;
  const agreed = await confirmImport(parts, connection, { place, plan, how });
  if (agreed === undefined) return;
  const aside = agreed.aside.map(asideResult);
  sayImportResults(parts, connection, aside);
  const startedAt = new Date();
  const sent = await sendImport(parts, connection, agreed.items, mayReadWholeList);
  const results = [...aside, ...sent].sort((a, b) => a.row - b.row);
  const contacts = contactsSent(agreed.items);
  await recordImport(parts, connection, results, contacts, startedAt);
  await Promise.all([
    refreshed(parts, sent),
    sayImported(parts, connection, placed, { results, sent }, contacts),
  ]);
}

/** Checks the rows and looks up the contacts with their UserData; undefined when the person gave up. */
function planned(
  { preferences, progress, ask }: Parts,
  { client, endpoint }: Connection,
  { table, mapping, campaigns }: Placed,
  mayReadWholeList: () => Promise<boolean>,
): Promise<ImportPlan | undefined> {
  const title = l10n.t("Looking up contacts on {endpoint}", { endpoint: plainText(endpoint.name, 40) });
  return progress.cancellable(title, async (report, signal) => {
    const rows = await rowsOf(ask, table, { mapping, campaigns });
    if (rows === undefined) return undefined;
    const keys = rows.ready.flatMap(({ userData }) => userData ?? []);
    if (keys.length === 0) return inSlices(importPlan(rows, () => ({ kind: "none" })));
    const resolution = await resolveUserDataList(client, keys, {
      signal,
      lockField: preferences.now.lockField,
      mayReadWholeList,
      onProgress: (finished) => report(finishedOf(finished, keys.length)),
    });
    if (resolution.kind === "unusable") throw cannotLookUp();
    if (resolution.kind === "cancelled" || signal.aborted) return undefined;
    return inSlices(importPlan(rows, resolution.match));
  });
}

/** The checked rows; a person decides about invisible signs in UserData. Undefined when they gave up. */
async function rowsOf(
  ask: Parts["ask"],
  table: ImportTable,
  checks: Omit<RowChecks, "cleaned">,
): Promise<CheckedRows | undefined> {
  const rows = await inSlices(checkedRows(table, checks));
  if (rows.invisible.length === 0) return rows;
  const answer = await ask.invisibleSigns(rows.invisible);
  if (answer === undefined) return undefined;
  return answer === "keep" ? rows : inSlices(checkedRows(table, { ...checks, cleaned: true }));
}

async function refreshed({ store }: Parts, sent: readonly RowResult[]): Promise<void> {
  if (store.state.kind === "opened" || !sent.some(({ outcome }) => outcome === "done")) return;
  await store.refresh();
}

/** The summary, with an offer to save the rows that were not imported in a file, which can be imported later. */
async function sayImported(
  parts: Parts,
  { endpoint }: Connection,
  { table }: Placed,
  { results, sent }: { readonly results: readonly RowResult[]; readonly sent: readonly RowResult[] },
  contacts: ReadonlyMap<number, Contact>,
): Promise<void> {
  const report = importReportOf(endpoint.name, results);
  const { counts } = report;
  const success = isSuccess(report);
  parts.channel.say(wholeLevel(success, results), importSummary(report));
  const named = results.map(({ row, id, userData, outcome }): NamedResult => {
    const { name } = entryBefore(contacts.get(row));
    return { id, userData, outcome, name: name === undefined ? undefined : parts.discreet(name) };
  });
  const sentence = resultSentence(recordedAction("import"), plainText(endpoint.name, 40), named);
  const shown = (text: string): string => plainText(parts.discreet(text), 300);
  const warnings = shown(warningsText(results));
  if (counts.done === results.length) {
    const level = warnings === "" ? "information" : "warning";
    await parts.notify({ level, sentence: `${sentence} ${warnings}`.trim(), steps: [showActivityStep()] });
    return;
  }
  const problem = results.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  const reason = problem?.reason ?? "";
  const remarks = [
    sentenceOf(reason),
    warningsText(results),
    stopText(sent, reason),
    unknownText(counts.unknown),
  ];
  await parts.notify({
    level: success ? "warning" : "error",
    sentence: [sentence, ...remarks.map(shown)].filter((part) => part !== "").join(" "),
    steps: [
      {
        label: l10n.t("Save Rows Not Imported…"),
        act: () => saved(parts, notImportedText(table, results)),
      },
      causeStep(problem) ?? "showLog",
    ],
  });
}

/** A run cannot verify them, because an import is not recorded by ID. */
function unknownText(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? l10n.t("Use Find Contact… with its UserData to see whether the contact was created.")
    : l10n.t(
        "Use Find Contact… with their UserData to see whether the contacts with an unknown result were created.",
      );
}

async function saved(parts: Parts, text: string): Promise<void> {
  const target = await chooseTarget(parts, notImportedName(new Date()), "notImported");
  if (target === undefined) return;
  await writeText(target, text);
}
