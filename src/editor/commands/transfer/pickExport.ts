import * as vscode from "vscode";
import type { ChosenMembers } from "../../../dialler/transfer/exportColumns";
import type { ExportChoice } from "../../../dialler/transfer/exportRows";
import * as l10n from "../../../l10n";
import { columnCount, pickColumns } from "./pickColumns";

type Picked = Pick<ExportChoice, "format" | "bankToo" | "members">;

interface Preferences {
  readonly now: { readonly mask: boolean };
}

interface FormatItem extends vscode.QuickPickItem {
  /** Undefined: the item asks for the columns. */
  readonly choice?: Pick<ExportChoice, "format" | "bankToo">;
}

/** The columns that were chosen for the last export. They are forgotten when VS Code closes. */
const lastMembers = new WeakMap<Preferences, ChosenMembers>();

/** The format of an export and, if the person wants to choose them, its columns; undefined when they gave up. */
export async function pickExport(
  { preferences }: { readonly preferences: Preferences },
  count: number,
): Promise<Picked | undefined> {
  for (;;) {
    const members = lastMembers.get(preferences);
    const picked = await vscode.window.showQuickPick(itemsOf(preferences.now.mask, members), {
      title: titleOf(count, members),
      placeHolder: l10n.t("The file will hold personal data."),
      ignoreFocusOut: true,
    });
    if (picked === undefined) return undefined;
    if (picked.choice !== undefined)
      return { ...picked.choice, ...(members === undefined ? {} : { members }) };
    const chosen = await pickColumns(members);
    if (chosen === "all") lastMembers.delete(preferences);
    else if (chosen !== undefined) lastMembers.set(preferences, chosen);
  }
}

function titleOf(count: number, members: ChosenMembers | undefined): string {
  const title =
    count === 1
      ? l10n.t("Export 1 Contact")
      : l10n.t("Export {count} Contacts", { count: l10n.number(count) });
  return members === undefined ? title : l10n.t("{title}: chosen columns only", { title });
}

/** `masked`: a table for spreadsheets shows numbers and addresses masked. */
function itemsOf(masked: boolean, members: ChosenMembers | undefined): readonly FormatItem[] {
  const separator = (label: string): FormatItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const spreadsheet = (bankToo: boolean): FormatItem => ({
    label: l10n.t("CSV for Spreadsheets"),
    description: masked
      ? l10n.t("numbers and addresses masked; no cell is read as a formula or changed")
      : l10n.t("no cell is read as a formula or changed; can be imported again"),
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
  return [
    separator(l10n.t("without bank data")),
    spreadsheet(false),
    ...whole(false),
    separator(l10n.t("with bank data: owner, bank, IBAN, amount")),
    // The mask would leave nothing of the bank data.
    ...(masked ? [] : [spreadsheet(true)]),
    ...whole(true),
    separator(l10n.t("columns")),
    {
      label: `$(list-selection) ${l10n.t("Choose Columns…")}`,
      description:
        members === undefined
          ? l10n.t("all columns")
          : l10n.t("{count} of {all} columns", columnCount(members)),
    },
  ];
}
