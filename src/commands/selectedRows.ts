import { ContactRow } from "../contacts/contactRow";
import type { ContactTree } from "../view/contactTree";
import { ProblemRow, StepRow } from "../view/problemRows";

/** The contacts selected in the tree; none while the tree cannot be seen, so that nobody acts on what is out of sight. */
export function selectedRows({ view }: ContactTree): ContactRow[] {
  return view.visible ? view.selection.filter((row) => row instanceof ContactRow) : [];
}

/** Whether a person is on a row that offers a step: a key pressed there means the step, and asks for no contact. */
export function isOnStep({ view }: ContactTree): boolean {
  return view.visible && view.selection.some((row) => row instanceof StepRow || row instanceof ProblemRow);
}
