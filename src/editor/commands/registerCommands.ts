import * as vscode from "vscode";
import { explain } from "../../dialler/api/explain";
import { ApiError } from "../../dialler/api/http/apiError";
import { InvalidKey } from "../../dialler/api/record/key";
import { demoName } from "../../dialler/endpoint/endpoint";
import * as l10n from "../../l10n";
import { commands, listKeyCommands, undeclared, views } from "../../manifest";
import { SettingsUnwritable } from "../settings/settingsUnwritable";
import { EntryRow } from "../view/activity/runRows";
import { copyReport } from "./activity/copyReport";
import { changeRunContacts } from "./activity/changeRunContacts";
import { deleteJournal } from "./activity/deleteJournal";
import { restoreContacts } from "./activity/restoreContacts";
import { resumeRun, retryRun } from "./activity/resumeRun";
import { showRunContact } from "./activity/showRunContact";
import { undo } from "./activity/undoLastRun";
import { verifyRun } from "./activity/verifyRun";
import { refuseUntrusted } from "./call/activeConnection";
import { isLink, isProgram, PressedRows } from "./call/argument";
import { selectedRows } from "./call/chosen";
import { rowsDrawn } from "./call/rowsDrawn";
import { failureSentence, loggedSentence } from "./call/failureSentence";
import type { Parts } from "./call/parts";
import { Refusal } from "./call/refusal";
import { actByUserDataDirectly } from "./change/actByUserDataDirectly";
import { actOnList } from "./change/actOnList";
import { changeByUserData } from "./change/changeByUserData";
import { changeContacts } from "./change/changeContacts";
import { changeFromList } from "./change/changeFromList";
import { addEndpoint } from "./endpoint/addEndpoint";
import { editEndpoint } from "./endpoint/editEndpoint";
import { removeEndpoint } from "./endpoint/removeEndpoint";
import { reportEndpoint } from "./endpoint/reportEndpoint";
import { forgetToken, setToken } from "./endpoint/setToken";
import { switchEndpoint } from "./endpoint/switchEndpoint";
import { groupContactsBy, sortContactsBy } from "./list/arrangeContacts";
import { loadCampaigns } from "./list/clickedCampaigns";
import { clearFilter, filterContacts } from "./list/filterContacts";
import { loadAllCampaigns } from "./list/loadAllCampaigns";
import { refreshContacts } from "./list/refreshContacts";
import { compareContacts } from "./look/compareContacts";
import { copyAsJson, copyId, copyPhone, copyUserData } from "./look/copyContact";
import { copyAsCurl, copyAsHttp, copyAsPowerShell } from "./look/copyRequest";
import { findContact } from "./look/findContact";
import { openContact, previewContact, refreshContact } from "./look/openContact";
import { openExternalLink } from "./look/openExternalLink";
import { revealContact } from "./look/revealContact";
import { showHistory, showRawHistory } from "./look/showHistory";
import { exportContacts } from "./transfer/exportContacts";
import { importContacts } from "./transfer/importContacts";

type Verb = (parts: Parts, args: readonly unknown[]) => Promise<unknown>;

/** The function behind each command. */
export const verbs: Readonly<Record<(typeof commands)[keyof typeof commands], Verb>> = {
  [commands.endpointSwitch]: switchEndpoint,
  [commands.endpointAdd]: addEndpoint,
  [commands.endpointEdit]: editEndpoint,
  [commands.endpointRemove]: removeEndpoint,
  [commands.endpointSetToken]: setToken,
  [commands.endpointForgetToken]: forgetToken,
  [commands.endpointCheck]: reportEndpoint,
  [commands.contactsRefresh]: refreshContacts,
  [commands.contactsStopLoading]: (parts) => {
    parts.store.stop();
    return Promise.resolve();
  },
  [commands.contactsLoad]: loadCampaigns,
  [commands.contactsLoadAll]: loadAllCampaigns,
  [commands.contactsFilter]: filterContacts,
  [commands.contactsClearFilter]: clearFilter,
  [commands.contactsSort]: sortContactsBy,
  [commands.contactsGroup]: groupContactsBy,
  [commands.contactFind]: findContact,
  [commands.contactsExport]: exportContacts,
  [commands.contactsImport]: importContacts,
  [commands.contactOpen]: openContact,
  [commands.contactShowHistory]: showHistory,
  [commands.contactCompare]: compareContacts,
  [commands.contactRefresh]: refreshContact,
  [commands.contactPreview]: previewContact,
  [commands.contactReveal]: revealContact,
  [commands.contactShowRawHistory]: showRawHistory,
  [commands.contactOpenExternalLink]: openExternalLink,
  [commands.contactCopyId]: copyId,
  [commands.contactCopyUserData]: copyUserData,
  [commands.contactCopyPhone]: copyPhone,
  [commands.contactCopyAsJson]: copyAsJson,
  [commands.contactCopyAsCurl]: copyAsCurl,
  [commands.contactCopyAsPowerShell]: copyAsPowerShell,
  [commands.contactCopyAsHttp]: copyAsHttp,
  [commands.contactLock]: (parts, args) => changeContacts(parts, "lock", args),
  [commands.contactUnlock]: (parts, args) => changeContacts(parts, "unlock", args),
  [commands.contactDelete]: (parts, args) =>
    args[0] instanceof EntryRow
      ? changeRunContacts(parts, "delete", args)
      : changeContacts(parts, "delete", args),
  [commands.contactLockByUserData]: (parts, args) => changeByUserData(parts, "lock", args),
  [commands.contactUnlockByUserData]: (parts, args) => changeByUserData(parts, "unlock", args),
  [commands.contactDeleteByUserData]: (parts, args) => changeByUserData(parts, "delete", args),
  [commands.contactActDirectly]: actByUserDataDirectly,
  [commands.listKey]: pressKey,
  [commands.listLock]: (parts, args) => changeFromList(parts, "lock", args),
  [commands.listUnlock]: (parts, args) => changeFromList(parts, "unlock", args),
  [commands.listDelete]: (parts, args) => changeFromList(parts, "delete", args),
  [commands.listAct]: actOnList,
  [commands.activityRestore]: restoreContacts,
  [commands.activityUndo]: undo,
  [commands.activityRetryFailed]: retryRun,
  [commands.activityResume]: resumeRun,
  [commands.activityVerify]: verifyRun,
  [commands.activityShowContact]: showRunContact,
  [commands.activityCopyReport]: copyReport,
  [commands.activityDeleteJournal]: deleteJournal,
  [commands.demoStart]: async (parts) => {
    refuseUntrusted(parts.isTrusted());
    await parts.endpoints.activate(demoName);
    await vscode.commands.executeCommand(`${views.contacts}.focus`);
  },
  [commands.outputShow]: (parts) => {
    parts.channel.show();
    return Promise.resolve();
  },
};

/** Registers every command. A command's failure is shown here and nowhere else. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(verbs).map(([id, verb]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) => {
        if (!undeclared.includes(id)) parts.keys.noteOther();
        return run(parts, id, verb, args);
      }),
    ),
  );
}

async function run(parts: Parts, id: string, verb: Verb, args: readonly unknown[]): Promise<unknown> {
  try {
    return await verb(parts, args);
  } catch (error) {
    // A program or a key binding gets the failure, and VS Code shows it once.
    if (isProgram(args) && !isLink(args)) throw new Error(failureSentence(parts, error), { cause: error });
    show(parts, id, error instanceof SettingsUnwritable ? unwritable(error) : error);
    return undefined;
  }
}

/**
 * Runs a command on the rows that are selected when its key arrives. They are taken at once: the next key may select
 * others before anything is awaited. @throws InvalidKey for a command that has no key in the list
 */
async function pressKey(parts: Parts, [command]: readonly unknown[]): Promise<unknown> {
  const id = listKeyCommands.find((one) => one === command);
  if (id === undefined) {
    throw new InvalidKey(
      l10n.t("The argument is not the name of a command that a key can run in the list. Nothing was sent."),
    );
  }
  parts.keys.note();
  const selected = selectedRows(parts.tree);
  const rows = selected.length > 0 ? selected : await rowsDrawn(parts);
  // It must not act on a row that it was not pressed on.
  if (rows === undefined) throw new Refusal(l10n.t("The list was refreshing. Try again."));
  if (rows.length === 0) return undefined;
  const asks = id === commands.contactDelete;
  return parts.keys.press(id, rows, asks, () => run(parts, id, verbs[id], [new PressedRows(rows)]));
}

function unwritable({ message }: SettingsUnwritable): Refusal {
  return new Refusal(message, "openSettingsJson");
}

function show(parts: Parts, id: string, error: unknown): void {
  const sentence = failureSentence(parts, error);
  const expected = error instanceof Refusal || error instanceof InvalidKey;
  parts.channel.say(expected ? "warning" : "error", `${id}: ${loggedSentence(parts, error)}`);
  if (!expected && !(error instanceof ApiError) && error instanceof Error)
    parts.channel.debug(error.stack ?? "");
  const next = error instanceof Refusal ? error.next : explain(error).next;
  const steps = next === undefined || next === "retry" ? [] : [next];
  void parts.notify({ level: expected ? "warning" : "error", sentence, steps });
}
