import * as vscode from "vscode";
import type { ExportChoice } from "../../../dialler/transfer/exportRows";
import * as l10n from "../../../l10n";

interface FormatItem extends vscode.QuickPickItem {
  readonly choice?: Pick<ExportChoice, "format" | "bankToo">;
}

/** `masked`: a table for spreadsheets shows numbers and addresses masked. Undefined when the person gave up. */
export async function pickFormat(
  count: number,
  masked: boolean,
): Promise<Pick<ExportChoice, "format" | "bankToo"> | undefined> {
  const separator = (label: string): FormatItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const spreadsheet = (bankToo: boolean): FormatItem => ({
    label: l10n.t("CSV for Spreadsheets"),
    description: masked
      ? l10n.t("numbers and addresses masked; no cell is read as a formula")
      : l10n.t("no cell is read as a formula"),
    choice: { format: "spreadsheet", bankToo },
  });
  const whole = (bankToo: boolean): FormatItem[] => [
    {
      label: l10n.t("Raw CSV"),
      description: masked
        ? l10n.t("not masked, nothing is altered; can be imported again")
        : l10n.t("nothing is altered; can be imported again"),
      choice: { format: "raw", bankToo },
    },
    {
      label: l10n.t("JSON"),
      description: masked
        ? l10n.t("not masked, the records as the server sends them")
        : l10n.t("the records as the server sends them"),
      choice: { format: "json", bankToo },
    },
  ];
  const picked = await vscode.window.showQuickPick(
    [
      separator(l10n.t("without bank data")),
      spreadsheet(false),
      ...whole(false),
      separator(l10n.t("with bank data: owner, bank, IBAN, amount")),
      // The mask would leave nothing of the bank data.
      ...(masked ? [] : [spreadsheet(true)]),
      ...whole(true),
    ],
    {
      title:
        count === 1
          ? l10n.t("Export 1 Contact")
          : l10n.t("Export {count} Contacts", { count: l10n.number(count) }),
      placeHolder: l10n.t("The file will hold personal data."),
      ignoreFocusOut: true,
    },
  );
  return picked?.choice;
}
