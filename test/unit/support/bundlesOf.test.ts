import assert from "node:assert/strict";
import { join } from "node:path";
import { bundlesOf } from "../../support/bundlesOf";
import { projectRoot } from "../../support/host/places";

const bundle = join(projectRoot, "out", "test", "unit", "signal.test.js");

describe("npm run test:unit -- FILE", () => {
  for (const file of [
    "test/unit/signal.test.ts",
    "./test/unit/signal.test.ts",
    "test\\unit\\signal.test.ts",
    "out/test/unit/signal.test.js",
    join(projectRoot, "test", "unit", "signal.test.ts"),
    bundle,
  ])
    it(`runs the test of ${file.replace(projectRoot, "…")}`, () => {
      assert.deepEqual(bundlesOf([file]), [bundle]);
    });

  for (const file of [
    "test/unit/none.test.ts",
    "src/signal.ts",
    "test/editor/tree.test.ts",
    "../signal.test.ts",
  ])
    it(`says that ${file} is not a unit test`, () => {
      assert.throws(() => bundlesOf([file]), /is not a unit test\. Name a file such as/);
    });
});
