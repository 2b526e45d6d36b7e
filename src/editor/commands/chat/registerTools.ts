import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { tools } from "../../../manifest";
import {
  type Answer,
  changeOnRequest,
  findContacts,
  getContact,
  listCampaigns,
  type ToolInput,
} from "./chatAnswers";
import { failureSentence } from "../call/failureSentence";
import type { Parts } from "../call/parts";

/** The function behind each tool. No tool deletes. */
const answers: Readonly<Record<(typeof tools)[keyof typeof tools], Answer>> = {
  [tools.findContacts]: findContacts,
  [tools.getContact]: getContact,
  [tools.listCampaigns]: listCampaigns,
  [tools.lockContacts]: changeOnRequest("lock"),
  [tools.unlockContacts]: changeOnRequest("unlock"),
};

/** Offers the tools unless AI features are turned off. */
export function registerTools(parts: Parts): vscode.Disposable {
  let offered: vscode.Disposable | undefined;
  const follow = (): void => {
    const wanted = vscode.workspace.getConfiguration("chat").get<unknown>("disableAIFeatures") !== true;
    if (wanted) offered ??= offerTools(parts);
    else {
      offered?.dispose();
      offered = undefined;
    }
  };
  follow();
  const listening = vscode.workspace.onDidChangeConfiguration(follow);
  return vscode.Disposable.from(listening, { dispose: () => void offered?.dispose() });
}

/** An answer is JSON; a failure is the sentence that a person would read. */
function offerTools(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(answers).map(([name, answer]) =>
      vscode.lm.registerTool<ToolInput>(name, {
        async invoke({ input }, token) {
          const cancelled = new AbortController();
          const listening = token.onCancellationRequested(() => cancelled.abort());
          try {
            const said = await answer(parts, input, cancelled.signal);
            const text = parts.secrets.redact(JSON.stringify(said, undefined, 1));
            return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
          } catch (error) {
            throw new Error(failureSentence(parts, error), { cause: error });
          } finally {
            listening.dispose();
          }
        },
        prepareInvocation: ({ input }) => preparationOf(name, input),
      }),
    ),
  );
}

/** The confirmation that the chat itself shows before a tool changes anything. */
function preparationOf(name: string, { ids }: ToolInput): vscode.PreparedToolInvocation {
  const list = Array.isArray(ids)
    ? ids
        .slice(0, 20)
        .map((id: unknown) => `#${String(id)}`)
        .join(", ")
    : "";
  if (name === tools.lockContacts)
    return {
      confirmationMessages: {
        title: l10n.t("Lock contacts?"),
        message: l10n.t("Lock {ids}?", { ids: list }),
      },
    };
  if (name === tools.unlockContacts)
    return {
      confirmationMessages: {
        title: l10n.t("Unlock contacts?"),
        message: l10n.t("Unlock {ids}?", { ids: list }),
      },
    };
  return {};
}
