import * as vscode from "vscode";
import { answered } from "./quickInput";

export interface CheckBoxes<Item> {
  /** Read by a person who accepts without a choice: says what to do. */
  readonly nothing: string;
  /** Every row of such a list has a check box; that of an item which is only shown cannot be selected. */
  readonly isChoice?: (item: Item) => boolean;
}

/** Asks for some of the items with check boxes; undefined when the person gave up. `picked` items are selected at first. */
export function chooseSeveral<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  {
    title,
    placeholder,
    ...boxes
  }: CheckBoxes<Item> & { readonly title: string; readonly placeholder: string },
): Promise<readonly Item[] | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = placeholder;
  withCheckBoxes(pick, items);
  pick.selectedItems = items.filter(({ picked }) => picked === true);
  return answered<readonly Item[]>(pick, (finish) => listenToBoxes(pick, boxes, finish));
}

/** Shows the items with check boxes, in a list that stays open when the focus leaves it. */
export function withCheckBoxes<Item extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Item>,
  items: readonly Item[],
): void {
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items;
}

/** Calls `accept` with what is selected when the person accepts it. Without a choice the list stays open. */
export function listenToBoxes<Item extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Item>,
  { nothing, isChoice = () => true }: CheckBoxes<Item>,
  accept: (chosen: readonly Item[]) => void,
): void {
  pick.onDidChangeSelection((now) => {
    const choices = now.filter(isChoice);
    if (choices.length < now.length) pick.selectedItems = choices;
    // A click leaves the focus on the box, where Enter would toggle it again instead of accepting.
    void vscode.commands.executeCommand("workbench.action.focusQuickOpen");
  });
  pick.onDidAccept(() => acceptChosen(pick, nothing, accept));
}

/** Calls `accept`, or says that nothing is chosen. */
export function acceptChosen<Item extends vscode.QuickPickItem>(
  { selectedItems }: vscode.QuickPick<Item>,
  nothing: string,
  accept: (chosen: readonly Item[]) => void,
): void {
  if (selectedItems.length > 0) accept(selectedItems);
  else void vscode.window.showWarningMessage(nothing);
}
