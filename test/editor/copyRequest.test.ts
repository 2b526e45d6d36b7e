import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands, settings } from "../../src/manifest";
import { until } from "../support/workbench/until";

describe("a request that is copied", () => {
  before(async () => {
    await vscode.extensions.getExtension("dialler.dialler-contacts")?.activate();
    await vscode.commands.executeCommand(commands.demoStart);
    await vscode.commands.executeCommand(commands.contactOpen, { ids: [40101] });
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace
      .getConfiguration()
      .update(settings.activeEndpoint, undefined, vscode.ConfigurationTarget.Global);
  });

  for (const [steps, method, path] of [
    [0, "GET", "dialler/contacts/40101"],
    [1, "PATCH", "dialler/contacts/contact/40101/lock"],
    [3, "DELETE", "dialler/contacts/contact/40101"],
  ] as const) {
    it(`is the ${method} request that the person chooses by key, without the token`, async () => {
      const wanted = new RegExp(`^Invoke-RestMethod -Method ${method} -Uri 'http\\S+/${path}' \``);
      // The keys may come before the box is open; the person then tries again.
      await until("the copied request", async () => {
        void vscode.commands.executeCommand(commands.contactCopyAsPowerShell);
        await new Promise((resolve) => setTimeout(resolve, 500));
        for (let step = 0; step < steps; step++)
          await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        await new Promise((resolve) => setTimeout(resolve, 500));
        return wanted.test(await vscode.env.clipboard.readText());
      });
      const text = await vscode.env.clipboard.readText();
      assert.match(text, /"Bearer \$env:DIALLER_TOKEN"/);
    });
  }
});
