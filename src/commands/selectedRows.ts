import { ContactRow } from "../contacts/contactRow";
import type { ContactTree } from "../view/contactTree";

/** The contacts selected in the tree; none while the tree cannot be seen, so that nobody acts on what is out of sight. */
export function selectedRows({ view }: ContactTree): ContactRow[] {
  return view.visible ? view.selection.filter((row) => row instanceof ContactRow) : [];
}
