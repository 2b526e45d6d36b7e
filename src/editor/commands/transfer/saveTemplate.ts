import { homedir } from "node:os";
import * as vscode from "vscode";
import { importTemplate } from "../../../dialler/transfer/importTemplate";
import * as l10n from "../../../l10n";
import type { Parts } from "../call/parts";
import { nameOf, writeText } from "./saveFile";

/** Saves an empty table with the columns that an import knows. @throws Refusal when it cannot be written */
export async function saveTemplate({ notify }: Pick<Parts, "notify">): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t("Save a Template for Imports"),
    filters: { CSV: ["csv"] },
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), "contacts-template.csv"),
  });
  if (target === undefined) return;
  await writeText(target, importTemplate());
  const sentence = l10n.t("The template was saved as {file}.", { file: nameOf(target) });
  await notify({ level: "success", sentence });
}
