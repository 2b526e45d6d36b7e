import * as vscode from "vscode";
import type { DescribedRequest } from "../../../dialler/api/calls";
import type { Change } from "../../../dialler/api/changeRules";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";

/** What a copied request does. */
export type RequestChoice = "read" | Change;

interface Choices {
  readonly title: string;
  /** The number of contacts. */
  readonly count: number;
  /** The request for the first contact. */
  requestOf(choice: RequestChoice): DescribedRequest;
}

interface RequestItem extends vscode.QuickPickItem {
  readonly choice: RequestChoice;
}

/** Which request to copy, reading first; undefined when the person gave up. */
export async function pickRequest(choices: Choices): Promise<RequestChoice | undefined> {
  const { title, count } = choices;
  const itemOf = (choice: RequestChoice, label: string): RequestItem => {
    const { method, url } = choices.requestOf(choice);
    return { label, description: count === 1 ? plainText(`${method} ${url}`, 200) : method, choice };
  };
  const read = count === 1 ? l10n.t("Read") : l10n.t("Read {count} Contacts", { count: l10n.number(count) });
  const picked = await vscode.window.showQuickPick(
    [
      itemOf("read", `$(eye) ${read}`),
      ...Object.values(contactActions).map((action) =>
        itemOf(action.change, `$(${action.icon}) ${action.button(count)}`),
      ),
    ],
    { title, placeHolder: l10n.t("Which request? It is only copied; nothing is sent.") },
  );
  return picked?.choice;
}
