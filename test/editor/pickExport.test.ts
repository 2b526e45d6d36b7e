import assert from "node:assert/strict";
import * as vscode from "vscode";
import { choosableMembers } from "../../src/dialler/transfer/exportColumns";
import { pickExport } from "../../src/editor/commands/transfer/pickExport";

/** Runs a command of an open box, after the box has had time to open. */
async function press(command: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 700));
  await vscode.commands.executeCommand(command);
}

const next = "workbench.action.quickOpenSelectNext";
const previous = "workbench.action.quickOpenSelectPrevious";
const accept = "workbench.action.acceptSelectedQuickOpenItem";
const toggle = "workbench.action.quickPickManyToggle";

describe("the format and the columns of an export", () => {
  const preferences = { now: { mask: false } };

  it("are all columns unless the person wants to choose", async () => {
    const picked = pickExport({ preferences }, 3);
    await press(accept);
    assert.deepEqual(await picked, { format: "spreadsheet", bankToo: false });
  });

  it("leave out the columns that the person clears, also in the next export, until they are all chosen again", async () => {
    const first = pickExport({ preferences }, 3);
    // The last item asks for the columns; one of these is cleared.
    for (const command of [previous, accept, next, toggle, accept, next, accept]) await press(command);
    const { members, ...format } = (await first) ?? {};
    assert.deepEqual(format, { format: "raw", bankToo: false });
    assert.equal(members?.names.size, choosableMembers.length - 1);
    assert.ok(members.lock && members.others);
    const second = pickExport({ preferences }, 1);
    await press(accept);
    assert.deepEqual(await second, { format: "spreadsheet", bankToo: false, members });
    const third = pickExport({ preferences }, 1);
    for (const command of [previous, accept, next, toggle, accept, accept]) await press(command);
    assert.deepEqual(await third, { format: "spreadsheet", bankToo: false });
  });
});
