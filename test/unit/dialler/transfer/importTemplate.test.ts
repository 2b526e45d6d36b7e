import assert from "node:assert/strict";
import { memberGuesses } from "../../../../src/dialler/text/columns/memberGuess";
import { importTemplate } from "../../../../src/dialler/transfer/importTemplate";
import { importedTable } from "../../../support/importedTable";

describe("the template of an import", () => {
  it("has only columns that an import knows by their names", () => {
    const { columns } = importedTable(`${importTemplate().replace(/^\ufeff/, "")}K-1;;Ida\r\n`);
    const guesses = memberGuesses(columns);
    assert.ok(columns.length > 10);
    assert.deepEqual(
      guesses.map((guess) => guess?.sure === true && guess.member),
      columns,
    );
  });
});
