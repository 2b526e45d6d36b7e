import * as vscode from "vscode";
import type { ActionReport } from "../../../dialler/runs/actionReport";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { refuseReadOnly } from "../call/refusal";
import { changeFromList } from "./changeFromList";

/** Asks which action, and does it to the contacts of a list. @throws Refusal, ApiError before anything is changed */
export async function actOnList(parts: Parts, args: readonly unknown[]): Promise<ActionReport | undefined> {
  const connection = await activeConnection(parts);
  refuseReadOnly(connection);
  const endpoint = plainText(connection.endpoint.name, 40);
  const items = Object.values(contactActions).map((action) => ({
    label: `$(${action.icon}) ${action.listTitle(endpoint)}`,
    change: action.change,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t("Act on List"),
    placeHolder: l10n.t("What should happen to the contacts of the list?"),
    ignoreFocusOut: true,
  });
  return picked === undefined ? undefined : changeFromList(parts, picked.change, args);
}
