import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { projectRoot } from "../support/host/places";

/** Words and phrases that a native speaker would not use for what happens in a program. */
const unidiomatic: readonly RegExp[] = [
  /\b(?:tak(?:e|es|en|ing)|took) down\b/i,
  /\b(?:make|makes|made|making) again\b/i,
  /\banew\b/i,
  /\bdear(?:er|est)?\b/i,
  /\b(?:so )?manieth\b/i,
  /\b(?:nobody|somebody|anybody|everybody|whoever)\b/i,
  /\bfares? the same\b/i,
  /\bin whatever case\b/i,
];

/** English texts by path: sources and pages whole, of translations the sentences. */
function texts(): Map<string, string> {
  const files = [...filesBelow("src"), ...filesBelow("docs"), ...filesBelow(".github")].filter((path) =>
    /\.(ts|css|html|md|yml)$/.test(path),
  );
  return new Map([
    ...[...files, "README.md", "CHANGELOG.md"].map((path): [string, string] => [path, textOf(path)]),
    ["package.nls.json", Object.values(sentencesIn("package.nls.json")).join("\n")],
    ["l10n/bundle.l10n.de.json", Object.keys(sentencesIn("l10n/bundle.l10n.de.json")).join("\n")],
  ]);
}

/** The unidiomatic phrases in a text, also where a line break or the margin of a comment divides them. */
function phrasesIn(text: string): string[] {
  const flowing = text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, " ");
  return unidiomatic.flatMap((phrase) => phrase.exec(flowing)?.[0] ?? []);
}

describe("the English of sources and pages", () => {
  it("has no unidiomatic phrases", () => {
    const checked = [...texts()];
    assert.ok(checked.length > 80);
    assert.deepEqual(
      checked.flatMap(([path, text]) => phrasesIn(text).map((phrase) => `${path}: ${phrase}`)),
      [],
    );
  });
});

describe("the check of the language", () => {
  it("finds a phrase in prose, in a sentence and across the lines of a comment", () => {
    for (const text of [
      "Each result is taken down at once.",
      't("It could not be made again.")',
      "/**\n   * The row is drawn\n   * anew.\n   */",
      "// A result that is taken\n  // down.",
      "A dear request",
      "Whoever listens",
    ])
      assert.equal(phrasesIn(text).length, 1, text);
  });

  it("leaves similar words alone", () => {
    const text = "A breakdown, the endearing one, that takes downloads; written down, renewed, nobodyElse.";
    assert.deepEqual(phrasesIn(text), []);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map(
    (path) => `${folder}/${path.split(sep).join("/")}`,
  );
}

function textOf(path: string): string {
  return readFileSync(join(projectRoot, path), "utf8");
}

function sentencesIn(path: string): Readonly<Record<string, string>> {
  return JSON.parse(textOf(path)) as Readonly<Record<string, string>>;
}
