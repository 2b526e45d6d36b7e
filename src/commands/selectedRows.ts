import { ContactRow } from "../contacts/contactRow";
import type { ContactTree } from "../view/contactTree";
import { EmptyRow, ProblemRow, StepRow } from "../view/problemRows";

/** The contacts selected in the tree; none while the tree cannot be seen, so that nobody acts on what is out of sight. */
export function selectedRows({ view }: ContactTree): ContactRow[] {
  return view.visible ? view.selection.filter((row) => row instanceof ContactRow) : [];
}

/** Whether a person is on a row of words instead of contacts: a key pressed there means that row, and asks for no contact. */
export function isOnWords({ view }: ContactTree): boolean {
  return (
    view.visible &&
    view.selection.some(
      (row) => row instanceof StepRow || row instanceof ProblemRow || row instanceof EmptyRow,
    )
  );
}
