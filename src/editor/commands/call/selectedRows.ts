import { ContactRow } from "../../../dialler/list/rows";
import type { ContactTree } from "../../view/list/contactTree";

/** The contacts selected in the tree; none while the tree is hidden, so that no command acts on rows out of sight. */
export function selectedRows({ view, selection }: ContactTree): ContactRow[] {
  return view.visible ? selection.filter((row) => row instanceof ContactRow) : [];
}
