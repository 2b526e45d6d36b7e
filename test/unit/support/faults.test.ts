import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { faultGroups, faultsIn, untried } from "../../support/faults";
import { projectRoot } from "../../support/host/places";
import { pageWith, tableOf } from "../../support/reliabilityTable";

const known = faultGroups.flatMap(({ faults }) => Object.keys(faults));

/** The ids in the texts of the test files; comments and names do not count. */
function carried(): Set<string> {
  const folder = join(projectRoot, "test");
  const ids = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".test.ts") || file.endsWith("faults.test.ts")) continue;
    const visit = (node: ts.Node): void => {
      const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node);
      if (isText || ts.isTemplateTail(node)) for (const id of faultsIn(node.text)) ids.add(id);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest));
  }
  return ids;
}

describe("the list of faults", () => {
  it("has for every row a test that names it, or says why there is none", () => {
    const tried = carried();
    assert.deepEqual(
      known.filter((id) => !tried.has(id)).sort(),
      Object.keys(untried).sort(),
      "rows without a test, or with a reason for none although there is one",
    );
    assert.deepEqual(
      [...tried].filter((id) => !known.includes(id)),
      [],
      "ids of no row",
    );
  });

  it("counts a row as passed where every test that names it has passed, and as tried where one has run", () => {
    const table = tableOf([
      { title: "a (N01, N02)", outcome: "passed" },
      { title: "b (N02)", outcome: "failed" },
      { title: "c (N03)", outcome: "skipped" },
      { title: "d (N03)", outcome: "passed" },
      { title: "e (N04)", outcome: "skipped" },
    ]);
    assert.match(table, /^\| Network +\| 19 +\| 3 +\| 2 +\|$/m);
    assert.match(table, /^\| HTTP +\| 28 +\| 0 +\| 0 +\|$/m);
    assert.match(table, /N04 \(/);
  });

  it("stands in docs/reliability.md between its two marks, with as many faults as there are", () => {
    const page = readFileSync(join(projectRoot, "docs", "reliability.md"), "utf8");
    assert.match(pageWith(page, "| new |"), /<!-- reliability -->\n\n\| new \|\n\n<!-- \/reliability -->/);
    assert.throws(() => pageWith("# Another", "x"), /marks/);
    for (const { name, faults } of faultGroups) {
      const [, count] = new RegExp(`^\\| ${name} \\| (\\d+) \\|`, "m").exec(page) ?? [];
      assert.equal(Number(count), Object.keys(faults).length, name);
    }
  });
});
