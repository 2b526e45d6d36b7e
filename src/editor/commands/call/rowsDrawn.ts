import { setTimeout } from "node:timers/promises";
import type { ContactRow } from "../../../dialler/list/rows";
import { selectedRows } from "./chosen";
import type { Parts } from "./parts";

/** VS Code draws a tree again within this time. */
const drawnWithinMs = 2000;
const lookEveryMs = 10;

/**
 * The rows that a key or a click selects. While VS Code draws the whole tree again it knows no row, and names them a
 * moment later. None if nothing is selected; undefined if others are selected meanwhile, or none is known in time.
 */
export async function rowsDrawn({
  tree,
  keys,
}: Pick<Parts, "tree" | "keys">): Promise<readonly ContactRow[] | undefined> {
  const isDrawing = (): boolean => Date.now() < tree.redrawnAt + drawnWithinMs;
  if (!tree.view.visible || !isDrawing()) return [];
  const { count } = keys;
  const others = new AbortController();
  const listening = tree.view.onDidChangeSelection(() => others.abort());
  try {
    while (isDrawing()) {
      await setTimeout(lookEveryMs);
      if (others.signal.aborted || keys.count !== count) break;
      const rows = selectedRows(tree);
      if (rows.length > 0) return rows;
    }
  } finally {
    listening.dispose();
  }
  return undefined;
}
