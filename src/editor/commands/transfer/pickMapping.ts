import * as vscode from "vscode";
import type { Mapping } from "../../../dialler/transfer/importRows";
import { memberGuesses } from "../../../dialler/text/columns/memberGuess";
import type { ImportTable } from "../../../dialler/transfer/importTable";
import { listenToBoxes, withCheckBoxes } from "../ask/checkBoxes";
import { answered } from "../ask/quickInput";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { Refusal } from "../call/refusal";

interface ColumnItem extends vscode.QuickPickItem {
  readonly column: number;
  /** Undefined: the column is ignored, and only shown. */
  readonly member: string | undefined;
}

/**
 * Which column fills which member, as the person confirms it; undefined when they gave up. `how`: how the file was
 * read. `template`: the person wants a file with known columns instead.
 * @throws Refusal
 */
export async function pickMapping(
  { columns, rows }: ImportTable,
  how: string,
): Promise<Mapping | "template" | undefined> {
  const pick = vscode.window.createQuickPick<ColumnItem>();
  const guesses = memberGuesses(columns);
  const items = columns.map((name, column): ColumnItem => {
    const guess = guesses[column];
    const label = plainText(name, 60) || l10n.t("(no name)");
    if (guess === undefined) return { label, column, member: undefined };
    const { member, sure } = guess;
    const description = sure ? `→ ${member}` : l10n.t("→ {member} (guessed)", { member });
    return { label, description, column, member };
  });
  const mapped = items.filter(({ member }) => member !== undefined);
  if (mapped.length === 0) {
    throw new Refusal(
      l10n.t("No column of this file has the name of a member that can be imported. Nothing was sent."),
    );
  }
  const ignored = items.filter(({ member }) => member === undefined);
  const heading = l10n.t("ignored: no member that can be imported has this name");
  const separator = {
    label: heading,
    kind: vscode.QuickPickItemKind.Separator,
    column: -1,
    member: undefined,
  };
  pick.title =
    rows.length === 1
      ? l10n.t("Import 1 row, read as {how}", { how })
      : l10n.t("Import {count} rows, read as {how}", { count: l10n.number(rows.length), how });
  pick.placeholder = l10n.t("Clear the columns you want to leave out.");
  withCheckBoxes(pick, ignored.length === 0 ? mapped : [...mapped, separator, ...ignored]);
  pick.selectedItems = mapped;
  pick.buttons = [{ iconPath: new vscode.ThemeIcon("new-file"), tooltip: l10n.t("Save a Template…") }];
  const picked = await answered<readonly ColumnItem[] | "template">(pick, (finish) => {
    pick.onDidTriggerButton(() => finish("template"));
    const nothing = l10n.t("No column is chosen. Select at least one, or press Esc to cancel.");
    listenToBoxes(pick, { nothing, isChoice: ({ member }) => member !== undefined }, finish);
  });
  return picked === undefined || picked === "template" ? picked : mappingOf(picked);
}

function mappingOf(picked: readonly ColumnItem[]): Mapping {
  return new Map(
    picked.flatMap(({ column, member }): [number, string][] =>
      member === undefined ? [] : [[column, member]],
    ),
  );
}
