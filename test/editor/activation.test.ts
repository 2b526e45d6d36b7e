import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension", () => {
  it("runs in the VS Code version the run is for", () => {
    const wanted = process.env.DIALLER_VSCODE_VERSION ?? vscode.version;
    assert.equal(vscode.version, wanted);
  });

  it("is present and activates", async () => {
    const extension = vscode.extensions.getExtension("dialler.dialler-contacts");
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
