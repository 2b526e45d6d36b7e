import * as vscode from "vscode";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { linesText } from "../../shown/readAsText";
import type { Ask } from "./ask";
import { placeText } from "./confirmWords";
import { importButton, importCounts, overwriteText } from "./importPreview";
import { modal } from "./modal";

/** The questions before rows of a file are imported. */
export const importQuestions: Pick<
  Ask,
  "invisibleSigns" | "acceptImport" | "afterReadingImport" | "typedImport"
> = {
  async invisibleSigns(lines) {
    const remove = l10n.t("Remove Invisible Signs");
    const keep = l10n.t("Keep Invisible Signs");
    const values = { count: l10n.number(lines.length), lines: linesText(lines) };
    const question =
      lines.length === 1
        ? l10n.t("The UserData in line {lines} contains invisible signs.", values)
        : l10n.t("{count} UserData contain invisible signs (lines {lines}).", values);
    const detail = l10n.t(
      "Programs leave such signs when texts are copied, for example a blank that does not break. Two UserData that differ only in them look the same to people, not to the server.",
    );
    const chosen = await modal(question, detail, [remove, keep]);
    if (chosen === undefined) return undefined;
    return chosen === remove ? "remove" : "keep";
  },

  async acceptImport(preview) {
    const { place, plan } = preview;
    const { fresh, existing } = plan;
    const make = importButton(fresh.length);
    const overwrite =
      fresh.length === 0
        ? l10n.t("Overwrite {count}", { count: l10n.number(existing.length) })
        : l10n.t("Import {made}, Overwrite {count}", {
            made: l10n.number(fresh.length),
            count: l10n.number(existing.length),
          });
    const dryRun = l10n.t("Dry Run");
    const read = l10n.t("Read First");
    const question = l10n.t("Import into {place}? The rows are listed in the editor.", {
      place: placeText(place),
    });
    const detail = [...importCounts(preview), ...(existing.length === 0 ? [] : ["", overwriteText()])];
    const buttons = [
      ...(fresh.length === 0 ? [] : [make]),
      ...(existing.length === 0 ? [] : [overwrite]),
      dryRun,
      read,
    ];
    const chosen = await modal(question, detail.join("\n"), buttons);
    if (chosen === make) return "import";
    if (chosen === overwrite) return "overwrite";
    if (chosen === dryRun) return "dryRun";
    return chosen === read ? "read" : undefined;
  },

  async afterReadingImport() {
    const goOn = l10n.t("Continue…");
    const title = l10n.t("Nothing has been imported yet.");
    return (await vscode.window.showInformationMessage(title, goOn)) === goOn;
  },

  async typedImport(phrase, count, place) {
    const values = { phrase: plainText(phrase, 60) };
    const typed = await vscode.window.showInputBox({
      title: l10n.t("{action} on {place}? Type {phrase}", {
        ...values,
        action: importButton(count),
        place: placeText(place),
      }),
      prompt: l10n.t("Type {phrase} to import. Esc cancels; nothing is sent.", values),
      placeHolder: values.phrase,
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === phrase ? undefined : l10n.t("Type exactly {phrase}, or press Esc to cancel.", values),
    });
    return typed === phrase;
  },
};
