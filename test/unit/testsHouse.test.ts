import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { token } from "../support/dialler/token";
import { projectRoot } from "../support/host/places";

const mostLines = 450;

/** Unit tests that no single source file owns, and why. Those directly in `test/unit` are about the whole project. */
const withoutSource: Readonly<Record<string, string>> = {
  "dialler/text/anyTable":
    "writes tables in any form and follows them from their bytes to the rows of an import",
  "dialler/text/realFiles":
    "follows files of other programs from their bytes to keys and to the rows of an import",
  "editor/shown/anySink": "follows a text of the server to every place where it is written or shown",
  "editor/shown/naughty": "shows the naughty texts everywhere that a text can be shown",
};

/** The files below a folder of the project, with `/` between folders, on Windows too. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"));
}

/** The files that a unit test may stand for: with the same path, or without the aspect behind the last dot. */
function sourcesOf(test: string): string[] {
  const whole = test.replace(/\.test\.ts$/, "");
  return [whole, whole.replace(/\.\w+$/, "")].flatMap((path) => [`src/${path}.ts`, `test/${path}.ts`]);
}

describe("the tests' house", () => {
  it(`has no test file of more than ${mostLines} lines`, () => {
    const long = filesBelow("test").filter((file) => {
      if (!file.endsWith(".test.ts")) return false;
      return readFileSync(join(projectRoot, "test", file), "utf8").split("\n").length > mostLines + 1;
    });
    assert.deepEqual(long, []);
  });

  it("has for every unit test the source file that it mirrors", () => {
    const alone = filesBelow("test/unit").filter(
      (file) =>
        file.includes("/") && !sourcesOf(file).some((source) => existsSync(join(projectRoot, source))),
    );
    assert.deepEqual(
      alone.sort(),
      Object.keys(withoutSource)
        .map((path) => `${path}.test.ts`)
        .sort(),
    );
  });

  it("keeps what tests share in test/support", () => {
    const helpers = ["test/unit", "test/ui", "test/sweep"].flatMap((folder) =>
      filesBelow(folder).filter((file) => !file.endsWith(".test.ts")),
    );
    assert.deepEqual(helpers, []);
  });

  it("spells the token in one place", () => {
    const spelled = filesBelow("test").filter((file) =>
      readFileSync(join(projectRoot, "test", file), "utf8").includes(token),
    );
    assert.deepEqual(spelled, ["support/dialler/token.ts"]);
  });
});
