import * as vscode from "vscode";
import type { Change } from "../api/change";
import type { Contact } from "../api/contact";
import { type ActionReport, isSuccess, type ItemResult, reportOf, summaryOf } from "../contacts/actionReport";
import { contactActions } from "../contacts/contactAction";
import { type PlannedItem, runAction } from "../contacts/runAction";
import type { Connection } from "../endpoint/connect";
import * as l10n from "../l10n";
import { views } from "../manifest";
import { plainText } from "../view/plainText";
import type { Place } from "./confirm";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";
import { offer } from "./offer";

/** What is to be done, frozen: only these contacts, only on the connection they came from. */
export interface ActionRequest {
  readonly change: Change;
  readonly connection: Connection;
  /** As they were shown. */
  readonly contacts: readonly PlannedItem[];
  /** Items that are settled before anything is sent: duplicates, contacts that do not exist. */
  readonly settled?: readonly ItemResult[];
}

/** Until contacts can be previewed and kept, more at once is not deleted. */
const deletesAtOnce = 50;
const productionConcurrency = 2;
const applyEveryMs = 250;

/** The crossing: asks, runs, and tells tree, log and caller what happened. @throws Refusal before anything is sent */
export async function actOnContacts(parts: Parts, request: ActionRequest): Promise<ActionReport> {
  const { change, connection, contacts, settled = [] } = request;
  const { endpoint } = connection;
  refuseReadOnly(connection);
  refuseTooMany(change, connection, contacts.length);
  let act: Change = change;
  if (contacts.length > 0) {
    const answer = await confirmed(parts, request);
    if (answer === undefined) {
      const reason = l10n.t("not confirmed");
      const declined = contacts.map(({ id, userData }): ItemResult => ({
        id,
        userData,
        outcome: "notAttempted",
        reason,
      }));
      return reportOf(change, endpoint.name, [...settled, ...declined]);
    }
    act = answer;
  }
  const raw = contacts.length === 0 ? [] : await withProgress(parts, act, connection, contacts);
  const results = raw.map((result) => redacted(parts, result));
  const report = reportOf(act, endpoint.name, [...settled, ...results]);
  const unsaid = results.filter(({ outcome }) => outcome === "notAttempted");
  parts.store.apply(connection, act, settled);
  tellReport(parts, report, [...settled, ...unsaid]);
  return report;
}

/** A reason may hold what the server says, and a server may say the token. */
export function redacted({ secrets }: Pick<Parts, "secrets">, result: ItemResult): ItemResult {
  return result.reason === undefined ? result : { ...result, reason: secrets.redact(result.reason) };
}

/** Why a contact is not acted on. */
export function unusableReason(contact: Contact | undefined): string {
  return contact === undefined
    ? l10n.t("no longer listed")
    : l10n.t("the ID {id} cannot be sent", { id: plainText(contact.idText, 20) });
}

/** The lines that were not written while the run went on, the summary, and a toast where one is due. */
export function tellReport({ channel }: Parts, report: ActionReport, unsaid: readonly ItemResult[]): void {
  channel.result(report.action, report.endpoint, unsaid);
  channel.summary(report);
  tell(report);
}

export function placeOf(parts: Pick<Parts, "store">, connection: Connection): Place {
  return {
    endpoint: connection.endpoint.name,
    production: connection.endpoint.environment === "production",
    campaignName: (id) => parts.store.campaignName(id),
  };
}

/** Called before anything is asked or looked up, too. @throws Refusal */
export function refuseReadOnly({ endpoint }: Connection): void {
  if (!endpoint.readOnly) return;
  const values = { endpoint: plainText(endpoint.name, 40) };
  throw new Refusal(
    l10n.t("The endpoint {endpoint} is read-only. Nothing was sent.", values),
    "openSettings",
  );
}

/** Called before anything is looked up, too. @throws Refusal */
export function refuseTooMany(change: Change, { endpoint }: Connection, count: number): void {
  if (!contactActions[change].final) return;
  if (endpoint.environment === "production" && count > 1) {
    throw new Refusal(
      l10n.t(
        "On a production endpoint contacts are deleted one at a time in this version. Nothing was sent.",
      ),
    );
  }
  if (count > deletesAtOnce) {
    throw new Refusal(
      l10n.t("At most {count} contacts are deleted at once in this version. Nothing was sent.", {
        count: deletesAtOnce,
      }),
    );
  }
}

/** The action that a person agreed to; undefined: none. */
async function confirmed(
  parts: Parts,
  { change, connection, contacts }: ActionRequest,
): Promise<Change | undefined> {
  const place = placeOf(parts, connection);
  const [only] = contacts;
  const shown = contacts
    .map(({ shown: contact }) => contact)
    .filter((contact): contact is Contact => contact !== undefined);
  if (contacts.length === 1 && only !== undefined) {
    if (!contactActions[change].final) return change;
    return only.shown === undefined ? undefined : parts.ask.deleteOne(only.shown, place);
  }
  return (await parts.ask.actOnMany(change, shown, place)) ? change : undefined;
}

async function withProgress(
  parts: Parts,
  change: Change,
  connection: Connection,
  items: readonly PlannedItem[],
): Promise<ItemResult[]> {
  const many = items.length > 1;
  return vscode.window.withProgress(
    {
      location: many ? vscode.ProgressLocation.Notification : { viewId: views.contacts },
      title: contactActions[change].progress(plainText(connection.endpoint.name, 40)),
      cancellable: many,
    },
    (progress, token) => run(parts, change, connection, items, progress, token),
  );
}

async function run(
  parts: Parts,
  change: Change,
  connection: Connection,
  items: readonly PlannedItem[],
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<ItemResult[]> {
  const { endpoint } = connection;
  const { concurrency, lockField } = parts.preferences.now;
  const cancelled = new AbortController();
  token.onCancellationRequested(() => cancelled.abort());
  let waiting: ItemResult[] = [];
  const apply = (): void => {
    parts.store.apply(connection, change, waiting);
    waiting = [];
  };
  const applying = setInterval(apply, applyEveryMs);
  try {
    return await runAction(change, items, connection.client, {
      concurrency:
        endpoint.environment === "production" ? Math.min(concurrency, productionConcurrency) : concurrency,
      lockField,
      cancelled: cancelled.signal,
      onResult: (result, finished) => {
        if (result.outcome !== "notAttempted") parts.channel.result(change, endpoint.name, [result]);
        waiting.push(result);
        const message = l10n.t("{finished} of {planned}", { finished, planned: items.length });
        progress.report({ message, increment: 100 / items.length });
      },
      onPause: (until) => {
        const sentence = l10n.t("The server asks to wait until {time}.", {
          time: until.toLocaleTimeString(),
        });
        parts.channel.say("warning", sentence);
        progress.report({ message: sentence });
      },
    });
  } finally {
    clearInterval(applying);
    apply();
  }
}

/** A toast only for what needs a person; success shows in the tree and in the log. */
function tell(report: ActionReport): void {
  const summary = plainText(summaryOf(report), 500);
  const { counts, items } = report;
  if (isSuccess(report) && counts.notFound + counts.skipped + counts.notAttempted === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${summary}`, 5000);
    return;
  }
  const failed = items.find(({ outcome }) => outcome === "failed" || outcome === "unknown");
  const reason = (failed ?? items.find((item) => item.reason !== undefined))?.reason ?? "";
  const stopped = failed?.status === 401 || failed?.status === 403;
  void offer(
    isSuccess(report) ? "warning" : "error",
    `${summary} ${plainText(reason, 300)}`,
    stopped ? "setToken" : "showLog",
  );
}
