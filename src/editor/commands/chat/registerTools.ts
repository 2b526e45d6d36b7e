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

interface Tool {
  readonly answer: Answer;
  /** What the chat asks before the tool runs; undefined if the tool changes nothing. */
  readonly confirmation: ((ids: string) => { readonly title: string; readonly message: string }) | undefined;
}

/** What is behind each tool. No tool deletes. */
const offered: Readonly<Record<(typeof tools)[keyof typeof tools], Tool>> = {
  [tools.findContacts]: { answer: findContacts, confirmation: undefined },
  [tools.getContact]: { answer: getContact, confirmation: undefined },
  [tools.listCampaigns]: { answer: listCampaigns, confirmation: undefined },
  [tools.lockContacts]: {
    answer: changeOnRequest("lock"),
    confirmation: (ids) => ({ title: l10n.t("Lock contacts?"), message: l10n.t("Lock {ids}?", { ids }) }),
  },
  [tools.unlockContacts]: {
    answer: changeOnRequest("unlock"),
    confirmation: (ids) => ({ title: l10n.t("Unlock contacts?"), message: l10n.t("Unlock {ids}?", { ids }) }),
  },
};

/** Offers the tools unless AI features are turned off. */
export function registerTools(parts: Parts): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const follow = (): void => {
    const wanted = vscode.workspace.getConfiguration("chat").get<unknown>("disableAIFeatures") !== true;
    if (wanted) registered ??= offerTools(parts);
    else {
      registered?.dispose();
      registered = undefined;
    }
  };
  follow();
  const listening = vscode.workspace.onDidChangeConfiguration(follow);
  return vscode.Disposable.from(listening, { dispose: () => void registered?.dispose() });
}

/** An answer is JSON; a failure is the sentence that a person would read. */
function offerTools(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(offered).map(([name, tool]) =>
      vscode.lm.registerTool<ToolInput>(name, {
        async invoke({ input }, token) {
          const cancelled = new AbortController();
          const listening = token.onCancellationRequested(() => cancelled.abort());
          try {
            const said = await tool.answer(parts, input, cancelled.signal);
            const text = parts.secrets.redact(JSON.stringify(said, undefined, 1));
            return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
          } catch (error) {
            throw new Error(failureSentence(parts, error), { cause: error });
          } finally {
            listening.dispose();
          }
        },
        prepareInvocation: ({ input }) => preparationOf(tool, input),
      }),
    ),
  );
}

/** The confirmation that the chat itself shows before a tool changes anything. */
function preparationOf(tool: Tool, { ids }: ToolInput): vscode.PreparedToolInvocation {
  const list = Array.isArray(ids)
    ? ids
        .slice(0, 20)
        .map((id: unknown) => `#${String(id)}`)
        .join(", ")
    : "";
  const { confirmation } = tool;
  return confirmation === undefined ? {} : { confirmationMessages: confirmation(list) };
}
