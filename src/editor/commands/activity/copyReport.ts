import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { runCsv, runMarkdown } from "../../view/activity/runReport";
import type { Parts } from "../call/parts";
import { chosenRun } from "./chosenRun";

/** Copies the results of a run, as Markdown for people or as a list of IDs for programs. */
export async function copyReport(parts: Parts, args: readonly unknown[]): Promise<void> {
  const title = l10n.t("Copy Report");
  const none = l10n.t("There is no run whose report can be copied.");
  const chosen = await chosenRun(parts, args, {
    title,
    applies: ({ items }) => items.length > 0,
    otherwise: none,
    none,
  });
  if (chosen === undefined) return;
  const { snapshot } = chosen;
  const redact = parts.discreet;
  const kinds = [
    {
      label: l10n.t("Markdown"),
      detail: l10n.t("The summary, the counts and every contact whose outcome is not “done”"),
      text: () => redact(runMarkdown(snapshot, { language: vscode.env.language, redact })),
    },
    {
      label: l10n.t("CSV of IDs"),
      detail: l10n.t("The ID and the outcome of every contact"),
      text: () => runCsv(snapshot),
    },
  ];
  const kind = await vscode.window.showQuickPick(kinds, { title });
  if (kind === undefined) return;
  await vscode.env.clipboard.writeText(kind.text());
  void parts.notify({ level: "success", sentence: l10n.t("Copied.") });
}
