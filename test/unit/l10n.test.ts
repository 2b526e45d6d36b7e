import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";
import * as l10n from "../../src/l10n";
import { projectRoot } from "../support/host/places";

type Sentences = Readonly<Record<string, string>>;

interface SourceFile {
  /** Below `src`, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What is the same in both languages. */
const alike = new Set([
  ...["Agent", "Dialler", "ID", "JSON", "Markdown", "Name", "Token", "UserData", "1 ID"],
  ...["ID {id}", "UserData: {userData}", "{count} IDs", "{count} UserData", "{count} × {what}"],
  "{source}: {keys}",
]);

const errors = /^dialler\/api\/http\/(apiError|connectionErrors|replyErrors)\.ts$/;
const errorsFile = "dialler/api/http/apiError.ts";

/** The sentences said in these sources, and what is said in a way that no bundle can know. */
function saidIn(files: readonly SourceFile[]): { sentences: Set<string>; faults: string[] } {
  const sentences = new Set<string>();
  const faults: string[] = [];
  for (const { path, text } of files.filter(({ path }) => path !== "l10n.ts")) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === "t")
        faults.push(`${path} imports t by itself`);
      if (isSaying(path, node)) {
        const { parent } = node;
        const message =
          ts.isCallExpression(parent) && parent.expression === node ? parent.arguments[0] : undefined;
        if (message !== undefined && ts.isStringLiteralLike(message)) sentences.add(message.text);
        else if (!isPassedOn(path, node))
          faults.push(`${path} says what is no literal: ${parent.getText(source)}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { sentences, faults };
}

/** `l10n.t`, and `this.say` of the errors. */
function isSaying(path: string, node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false;
  const owner = node.expression;
  if (errors.test(path) && node.name.text === "say") return owner.kind === ts.SyntaxKind.ThisKeyword;
  if (node.name.text !== "t") return false;
  const ownName = ts.isPropertyAccessExpression(owner) ? owner.name : owner;
  return ts.isIdentifier(ownName) && ownName.text === "l10n";
}

/** The body of `say`, and the entry file, which passes every sentence to VS Code. */
function isPassedOn(path: string, node: ts.Node): boolean {
  if (path === "extension.ts") return node.getText() === "vscode.l10n.t";
  const method = ts.findAncestor(node, ts.isMethodDeclaration);
  return errors.test(path) && method?.name.getText() === "say";
}

/** Everything in which German differs from what is said in English, as sentences. */
function faultsOf(english: ReadonlyMap<string, string>, german: Sentences): string[] {
  const faults: string[] = [];
  for (const [key, sentence] of english) {
    const said = german[key];
    if (said === undefined) faults.push(`not in German: ${key}`);
    else if (said.trim() === "") faults.push(`empty: ${key}`);
    else if (said === sentence && !alike.has(sentence)) faults.push(`still English: ${key}`);
    else if (keptOf(said) !== keptOf(sentence))
      faults.push(`other values, links or code: ${key} (${keptOf(said)})`);
  }
  return [...faults, ...Object.keys(german).flatMap((key) => (english.has(key) ? [] : [`not said: ${key}`]))];
}

/** What a translation keeps: values in braces, targets of links, and code. */
function keptOf(sentence: string): string {
  return (sentence.match(/\{\w+\}|\]\([^)]*\)|`[^`]*`/g) ?? []).sort().join(" ");
}

const ownWords = (sentences: Iterable<string>): Map<string, string> =>
  new Map([...sentences].map((sentence) => [sentence, sentence]));

function sources(): SourceFile[] {
  const root = join(projectRoot, "src");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({
      path: path.split(sep).join("/"),
      text: readFileSync(join(root, path), "utf8"),
    }));
}

const sentencesIn = (file: string): Sentences =>
  JSON.parse(readFileSync(join(projectRoot, file), "utf8")) as Sentences;

describe("l10n", () => {
  afterEach(() => l10n.speakWith());

  it("speaks English until a translator is set, and again afterwards", () => {
    assert.equal(l10n.t("Deleted {count}.", { count: 3 }), "Deleted 3.");
    l10n.speakWith((message, values) => `${message}|${JSON.stringify(values)}`);
    assert.equal(l10n.t("Deleted {achieved}.", { achieved: "3" }), 'Deleted {achieved}.|{"achieved":"3"}');
    assert.equal(l10n.t("Cancelled."), "Cancelled.|{}");
    l10n.speakWith();
    assert.equal(l10n.t("Cancelled."), "Cancelled.");
  });

  it("puts a value in literally: braces and dollar signs in it mean nothing", () => {
    const text = "{host} $& $1 $$ {text}";
    assert.equal(l10n.t("{text} from {host}", { text, host: "h" }), `${text} from h`);
  });

  it("leaves a name without a value as it stands, and takes 0 and empty text for values", () => {
    assert.equal(l10n.t("{a} {b} {c}", { b: 0, c: "" }), "{a} 0 ");
    assert.equal(l10n.t("{not a name} {}"), "{not a name} {}");
  });

  it("writes counts as the user's language does, and IDs, lines and HTTP codes as they are", () => {
    assert.equal(
      l10n.t("{count} of {planned}", { count: l10n.number(1234), planned: l10n.number(56789) }),
      "1,234 of 56,789",
    );
    l10n.speakWith(undefined, "de");
    assert.equal(
      l10n.t("{count} of {planned}", { count: l10n.number(1234), planned: l10n.number(56789) }),
      "1.234 of 56.789",
    );
    assert.equal(
      l10n.t("{id} {line} {status} {port}", { id: 12345, line: 6789, status: 1234, port: 8080 }),
      "12345 6789 1234 8080",
    );
    assert.equal(l10n.t("{count}", { count: "12345" }), "12345");
  });

  it("says in German what is said in English, and counts in German", () => {
    const german = sentencesIn("l10n/bundle.l10n.de.json");
    l10n.speakWith(
      (message, values) =>
        (german[message] ?? message).replace(/\{(\w+)\}/g, (whole, name: string) =>
          String(values[name] ?? whole),
        ),
      "de",
    );
    assert.equal(l10n.t("1 contact"), "1 Kontakt");
    assert.equal(l10n.t("{count} contacts", { count: l10n.number(1234) }), "1.234 Kontakte");
    const said = l10n.t("Locked {achieved} of {planned} on {endpoint}", {
      achieved: l10n.number(1000),
      planned: l10n.number(2000),
      endpoint: "Kiel",
    });
    assert.equal(said, "1.000 von 2.000 auf Kiel gesperrt");
  });
});

describe("German", () => {
  it("has every sentence of the code, none besides, and the same values in each", function () {
    this.timeout(10_000);
    const { sentences, faults } = saidIn(sources());
    assert.ok(sentences.size > 400);
    assert.deepEqual(faults, []);
    assert.deepEqual(faultsOf(ownWords(sentences), sentencesIn("l10n/bundle.l10n.de.json")), []);
  });

  it("has every sentence of the manifest, with the same links and code", () => {
    const english = new Map(Object.entries(sentencesIn("package.nls.json")));
    assert.deepEqual(faultsOf(english, sentencesIn("package.nls.de.json")), []);
  });

  it("calls a thing in the manifest what the code calls it", () => {
    const bundle = sentencesIn("l10n/bundle.l10n.de.json");
    const manifest = sentencesIn("package.nls.de.json");
    const others = Object.entries(sentencesIn("package.nls.json"))
      .filter(([key, english]) => (bundle[english] ?? manifest[key]) !== manifest[key])
      .map(([key]) => key);
    assert.deepEqual(others, []);
  });

  it("is where VS Code looks for it", () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { l10n: string };
    assert.equal(manifest.l10n, "./l10n");
  });
});

describe("the check of the translation", () => {
  it("finds what is said in other ways than as a literal", () => {
    for (const [path, text] of [
      ["view/x.ts", "l10n.t(word);"],
      ["view/x.ts", "l10n.t(`${word} contacts`);"],
      ["view/x.ts", 'l10n.t(one ? "1 contact" : "contacts");'],
      ["view/x.ts", "words.map(l10n.t);"],
      ["view/x.ts", "vscode.l10n.t(word);"],
      ["view/x.ts", 'import { t } from "../l10n";'],
      ["view/x.ts", 'import { t as said } from "../l10n";'],
      [errorsFile, "class X { get sentence() { return this.say(word); } }"],
    ] as const) {
      assert.equal(saidIn([{ path, text }]).faults.length, 1, text);
    }
  });

  it("reads literals, wherever they stand, and lets the sentence of another be passed on", () => {
    const { sentences, faults } = saidIn([
      {
        path: "view/x.ts",
        text: 'x(one ? l10n.t("a") : l10n.t("b {n}", { n: l10n.t("c") })); this.say("d");',
      },
      {
        path: errorsFile,
        text: 'class X { say(m) { return l10n.t(m); } get s() { return this.say("e"); } }',
      },
      { path: "extension.ts", text: "speakWith((message) => vscode.l10n.t(message));" },
    ]);
    assert.deepEqual(faults, []);
    assert.deepEqual([...sentences].sort(), ["a", "b {n}", "c", "e"]);
  });

  it("finds what is missing, left over, empty, untranslated, or has other values, links or code", () => {
    const english = new Map([["k", "See {count} `a` [here](command:x)"]]);
    for (const [german, fault] of [
      [{}, /^not in German/],
      [{ k: " " }, /^empty/],
      [{ k: "See {count} `a` [here](command:x)" }, /^still English/],
      [{ k: "Siehe {zahl} `a` [hier](command:x)" }, /^other values/],
      [{ k: "Siehe {count} {count} `a` [hier](command:x)" }, /^other values/],
      [{ k: "Siehe {count} `b` [hier](command:x)" }, /^other values/],
      [{ k: "Siehe {count} `a` [hier](command:y)" }, /^other values/],
      [{ k: "Siehe {count} `a` [hier](command:x)", l: "über" }, /^not said/],
    ] as const) {
      const faults = faultsOf(english, german);
      assert.equal(faults.length, 1, JSON.stringify(german));
      assert.match(faults.join(), fault);
    }
    assert.deepEqual(faultsOf(english, { k: "[Hier](command:x) `a` {count} sehen" }), []);
  });
});
