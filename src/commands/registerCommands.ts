import * as vscode from "vscode";
import { ApiError, explain, InvalidKey } from "../api/apiError";
import { demoName } from "../endpoint/endpoint";
import { commands, views } from "../manifest";
import { actByUserDataDirectly } from "./actByUserDataDirectly";
import { addEndpoint } from "./addEndpoint";
import { groupContactsBy, sortContactsBy } from "./arrangeContacts";
import { isProgram } from "./argument";
import { changeByUserData } from "./changeByUserData";
import { changeContacts } from "./changeContacts";
import { changeList } from "./changeList";
import { refuseUntrusted } from "./connectionNow";
import { compareContacts } from "./compareContacts";
import { copyAsJson, copyId, copyPhone, copyUserData } from "./copyContact";
import { copyAsCurl, copyAsHttp } from "./copyRequest";
import { copyReport } from "./copyReport";
import { deleteJournal } from "./deleteJournal";
import { exportContacts } from "./exportContacts";
import { clearFilter, filterContacts } from "./filterContacts";
import { failureSentence } from "./failureSentence";
import { findContact } from "./findContact";
import { importContacts } from "./importContacts";
import { offer } from "./offer";
import { openContact, refreshContact } from "./openContact";
import { openExternalLink } from "./openExternalLink";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";
import { refreshContacts } from "./refreshContacts";
import { restoreContacts } from "./restoreContacts";
import { resumeRun, retryRun } from "./resumeRun";
import { undoRun } from "./undoRun";
import { verifyRun } from "./verifyRun";
import { removeEndpoint } from "./removeEndpoint";
import { reportEndpoint } from "./reportEndpoint";
import { forgetToken, setToken } from "./setToken";
import { showHistory } from "./showHistory";
import { showRunContact } from "./showRunContact";
import { switchEndpoint } from "./switchEndpoint";

type Verb = (parts: Parts, args: readonly unknown[]) => Promise<unknown>;

/** Every command of the extension and what it does. */
export const verbs: Readonly<Record<(typeof commands)[keyof typeof commands], Verb>> = {
  [commands.endpointSwitch]: switchEndpoint,
  [commands.endpointAdd]: addEndpoint,
  [commands.endpointRemove]: removeEndpoint,
  [commands.endpointSetToken]: setToken,
  [commands.endpointForgetToken]: forgetToken,
  [commands.endpointCheck]: reportEndpoint,
  [commands.contactsRefresh]: refreshContacts,
  [commands.contactsStopLoading]: (parts) => {
    parts.store.stop();
    return Promise.resolve();
  },
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
  [commands.contactOpenExternalLink]: openExternalLink,
  [commands.contactCopyId]: copyId,
  [commands.contactCopyUserData]: copyUserData,
  [commands.contactCopyPhone]: copyPhone,
  [commands.contactCopyAsJson]: copyAsJson,
  [commands.contactCopyAsCurl]: copyAsCurl,
  [commands.contactCopyAsHttp]: copyAsHttp,
  [commands.contactLock]: (parts, args) => changeContacts(parts, "lock", args),
  [commands.contactUnlock]: (parts, args) => changeContacts(parts, "unlock", args),
  [commands.contactDelete]: (parts, args) => changeContacts(parts, "delete", args),
  [commands.contactLockByUserData]: (parts, args) => changeByUserData(parts, "lock", args),
  [commands.contactUnlockByUserData]: (parts, args) => changeByUserData(parts, "unlock", args),
  [commands.contactDeleteByUserData]: (parts, args) => changeByUserData(parts, "delete", args),
  [commands.contactActDirectly]: actByUserDataDirectly,
  [commands.listLock]: (parts, args) => changeList(parts, "lock", args),
  [commands.listUnlock]: (parts, args) => changeList(parts, "unlock", args),
  [commands.listDelete]: (parts, args) => changeList(parts, "delete", args),
  [commands.activityRestore]: restoreContacts,
  [commands.activityUndo]: undoRun,
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

/** Registers every command, and is the one place where a command's failure is shown. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(verbs).map(([id, verb]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await verb(parts, args);
        } catch (error) {
          // A program or a key binding gets the failure, and VS Code shows it once.
          if (isProgram(args)) throw new Error(failureSentence(parts, error), { cause: error });
          show(parts, id, error);
          return undefined;
        }
      }),
    ),
  );
}

function show(parts: Parts, id: string, error: unknown): void {
  const sentence = failureSentence(parts, error);
  const expected = error instanceof Refusal || error instanceof InvalidKey;
  parts.channel.say(expected ? "warning" : "error", `${id}: ${sentence}`);
  if (!expected && !(error instanceof ApiError) && error instanceof Error)
    parts.channel.debug(error.stack ?? "");
  const next = error instanceof Refusal ? error.next : explain(error).next;
  void offer(expected ? "warning" : "error", sentence, next === "retry" ? undefined : next);
}
