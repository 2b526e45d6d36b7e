import * as vscode from "vscode";
import type { Mapping } from "../../../dialler/transfer/importRows";
import { type ImportTable, memberOf } from "../../../dialler/transfer/importTable";
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

/** Which column fills which member, as the person confirms it; undefined when they gave up. @throws Refusal */
export async function pickMapping({ columns, rows }: ImportTable): Promise<Mapping | undefined> {
  const pick = vscode.window.createQuickPick<ColumnItem>();
  const items = columns.map((name, column): ColumnItem => {
    const member = memberOf(name);
    const label = plainText(name, 60) || l10n.t("(no name)");
    return { label, ...(member === undefined ? {} : { description: `→ ${member}` }), column, member };
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
      ? l10n.t("Import 1 Row: Columns and Members")
      : l10n.t("Import {count} Rows: Columns and Members", { count: l10n.number(rows.length) });
  pick.placeholder = l10n.t("Clear the columns you want to leave out.");
  withCheckBoxes(pick, ignored.length === 0 ? mapped : [...mapped, separator, ...ignored]);
  pick.selectedItems = mapped;
  const picked = await answered<readonly ColumnItem[]>(pick, (finish) => {
    const nothing = l10n.t("No column is chosen. Select at least one, or press Esc to cancel.");
    listenToBoxes(pick, { nothing, isChoice: ({ member }) => member !== undefined }, finish);
  });
  return picked === undefined ? undefined : mappingOf(picked);
}

/** @throws Refusal when two columns fill one member */
function mappingOf(picked: readonly ColumnItem[]): Mapping {
  const mapping = new Map<number, string>();
  for (const { column, member } of picked) {
    if (member === undefined) continue;
    if ([...mapping.values()].includes(member)) {
      throw new Refusal(
        l10n.t("Two columns are mapped to the member {member}. Nothing was sent.", { member }),
      );
    }
    mapping.set(column, member);
  }
  return mapping;
}
