import * as vscode from "vscode";
import { importableMembers } from "../../../dialler/api/record/importable";
import { type ChosenMembers, choosableMembers } from "../../../dialler/transfer/exportColumns";
import * as l10n from "../../../l10n";
import { chooseSeveral } from "../ask/checkBoxes";

interface ColumnItem extends vscode.QuickPickItem {
  /** Undefined: a heading. */
  readonly column?:
    { readonly kind: "member"; readonly name: string } | { readonly kind: "lockState" | "others" };
}

/** The columns to export; `now` are selected at first. Undefined when the person gave up. */
export async function pickColumns(
  now: ChosenMembers | undefined,
): Promise<ChosenMembers | "all" | undefined> {
  const items = itemsOf(now);
  const chosen = await chooseSeveral(items, {
    title: l10n.t("Columns of the Export"),
    placeholder: l10n.t("Clear the columns that the file is not to have."),
    nothing: l10n.t("No column is chosen. Select at least one, or press Esc to cancel."),
    isChoice: ({ column }) => column !== undefined,
  });
  if (chosen === undefined) return undefined;
  const columns = chosen.map(({ column }) => column).filter((column) => column !== undefined);
  if (columns.length === items.filter(({ column }) => column !== undefined).length) return "all";
  return {
    names: new Set(columns.flatMap((column) => (column.kind === "member" ? [column.name] : []))),
    lock: columns.some(({ kind }) => kind === "lockState"),
    others: columns.some(({ kind }) => kind === "others"),
  };
}

/** How many items are chosen, of how many. */
export function columnCount({ names, lock, others }: ChosenMembers): {
  readonly count: number;
  readonly all: number;
} {
  return { count: names.size + Number(lock) + Number(others), all: choosableMembers.length + 2 };
}

function itemsOf(now: ChosenMembers | undefined): readonly ColumnItem[] {
  const heading = (label: string): ColumnItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const member = (name: string): ColumnItem => ({
    label: name,
    picked: now === undefined || now.names.has(name),
    column: { kind: "member", name },
  });
  return [
    heading(l10n.t("can be imported again")),
    ...choosableMembers.filter((name) => importableMembers.has(name)).map(member),
    heading(l10n.t("set by the server")),
    ...choosableMembers.filter((name) => !importableMembers.has(name)).map(member),
    { label: l10n.t("Lock State"), picked: now === undefined || now.lock, column: { kind: "lockState" } },
    heading(l10n.t("not documented")),
    {
      label: l10n.t("Other Members"),
      description: l10n.t("custom fields, and members that the extension does not know"),
      picked: now === undefined || now.others,
      column: { kind: "others" },
    },
  ];
}
