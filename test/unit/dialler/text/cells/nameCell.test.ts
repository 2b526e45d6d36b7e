import assert from "node:assert/strict";
import { nameCell } from "../../../../../src/dialler/text/cells/nameCell";

const reasonOf = (text: string): string => {
  const cell = nameCell(text, "Name", "Nachname");
  return cell.kind === "fault" ? cell.reason : cell.kind;
};

describe("nameCell", () => {
  it("leaves names as they are, also those that look like words of programs", () => {
    for (const text of [
      "Müller",
      " Weiß ",
      "Null",
      "None",
      "Nan",
      "D’Arc\u00a0II",
      "花子",
      "'t Hooft",
      "=SUM",
    ])
      assert.deepEqual(nameCell(text, "Name", "Nachname"), { kind: "value", value: text });
  });

  it("refuses what is no name", () => {
    for (const [text, reason] of [
      ["#N/A", /error value/],
      ["#BEZUG!", /error value/],
      ["NULL", /missing value/],
      ["null", /missing value/],
      ["M\ufffdller", /U\+FFFD/],
      ["M\x81ller", /control/],
      ["M\ud800", /surrogate/],
      ["M\0", /NUL/],
      ["Berg;4911\n71", /^a line break in Nachname$/],
    ] as const)
      assert.match(reasonOf(text), reason, text);
  });
});
