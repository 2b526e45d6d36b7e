import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the document of a contact", () => {
  it("asks for Refresh where VS Code brings it back, because nothing is requested by itself", async () => {
    await vscode.extensions.getExtension("dialler.dialler-contacts")?.activate();
    const uri = vscode.Uri.from({
      scheme: "dialler-contact",
      path: "/production/40101 (production).json",
      query: "https://dialler.invalid/rest/v1.0/7/",
    });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, "json");
    assert.deepEqual(JSON.parse(document.getText()), { note: "Press Refresh to read this contact." });
  });

  it("says of a preview or a report that VS Code brings back that it is gone", async () => {
    const uri = vscode.Uri.from({ scheme: "dialler-contact", path: "/Preview.txt", query: "1" });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), "This text is no longer kept. Run its command again.");
  });
});
