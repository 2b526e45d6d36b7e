import type { TextRow } from "./tableRows";

/** A title may stand above the header. */
const mostTitles = 10;

/**
 * The position of the header among the rows: the first of them that has more known column names than any other of the
 * first ten. The rows above it are a title. 0 if no name is known.
 */
export function headerAt(rows: readonly TextRow[], isHeading: (cell: string) => boolean): number {
  let best = 0;
  let most = 0;
  for (const [index, { cells, fault }] of rows.slice(0, mostTitles).entries()) {
    const known = fault === undefined ? cells.filter(isHeading).length : 0;
    // A single known word in a row of its own is part of a title.
    if (known <= most || (index > 0 && known < 2)) continue;
    best = index;
    most = known;
  }
  return best;
}
