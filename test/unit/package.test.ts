import assert from "node:assert/strict";
import { listFiles, PackageManager } from "@vscode/vsce";
import { projectRoot } from "../support/host/places";

describe("the package", () => {
  it("holds no tests, maps, sources, settings of tools or files of the environment (S09)", async function () {
    this.timeout(30_000);
    const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
    assert.ok(files.includes("package.json"));
    const strangers = /^(test|src|out|node_modules)\/|\.(map|ts|pem|vsix|mjs)$|(^|\/)\./;
    assert.deepEqual(
      files.filter((file) => strangers.test(file)),
      [],
    );
  });
});
