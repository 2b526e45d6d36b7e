import { ContactRow } from "../../../dialler/list/rows";
import type { ContactTree } from "../../view/list/contactTree";
import { EmptyRow, ProblemRow, StepRow } from "../../view/list/problemRows";

/** The contacts selected in the tree; none while the tree is hidden, so that no command acts on rows out of sight. */
export function selectedRows({ view, selection }: ContactTree): ContactRow[] {
  return view.visible ? selection.filter((row) => row instanceof ContactRow) : [];
}

/** Whether a problem, step or empty row is selected: a key pressed there applies to that row and asks for no contact. */
export function isOnWords({ view, selection }: ContactTree): boolean {
  return (
    view.visible &&
    selection.some((row) => row instanceof StepRow || row instanceof ProblemRow || row instanceof EmptyRow)
  );
}
