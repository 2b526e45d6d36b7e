import assert from "node:assert/strict";
import { memberGuesses } from "../../src/dialler/text/columns/memberGuess";
import {
  type CheckedRows,
  checkedRows,
  type KnownCampaigns,
  type Mapping,
} from "../../src/dialler/transfer/importRows";
import { type ImportTable, importTableOf } from "../../src/dialler/transfer/importTable";
import { endOf } from "./endOf";

/** The table in a text that can be imported. */
export function importedTable(text: string, spoiled: readonly number[] = []): ImportTable {
  const table = endOf(importTableOf(text, spoiled));
  assert.equal(table.kind, "table", JSON.stringify(table));
  return table;
}

/** The members of the columns as they are proposed. */
export function mappingOf({ columns }: ImportTable): Mapping {
  return new Map(
    memberGuesses(columns).flatMap((guess, at): [number, string][] =>
      guess === undefined ? [] : [[at, guess.member]],
    ),
  );
}

/** The rows of a text as they would be imported. */
export function importChecked(text: string, campaigns?: KnownCampaigns): CheckedRows {
  const table = importedTable(text);
  return endOf(checkedRows(table, { mapping: mappingOf(table), campaigns }));
}
