import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readEndpoint } from "../../src/dialler/endpoint/endpoint";
import { commands, settings, views } from "../../src/manifest";
import { faultMembers, readFaultScript } from "../../src/dialler/testDialler/faultScript";
import { projectRoot } from "../support/host/places";

interface Property {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const textOf = (...path: string[]): string => readFileSync(join(projectRoot, ...path), "utf8");
const { contributes, scripts } = JSON.parse(textOf("package.json")) as Manifest;
const sentences = JSON.parse(textOf("package.nls.json")) as Readonly<Record<string, string>>;
const readme = textOf("README.md");

/** Every page that a reader may come to, by its path. */
const pages = new Map(
  [
    "README.md",
    "CHANGELOG.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
    ...readdirSync(join(projectRoot, "docs")).map((file) => `docs/${file}`),
  ].map((path) => [path, textOf(path)]),
);

/** What stands for a key such as `%command.contact.lock%` in English. */
function sentenceOf(key: string): string {
  return sentences[key.slice(1, -1)] ?? `no sentence for ${key}`;
}

const titles = contributes.commands.map(({ title }) => sentenceOf(title));

/** The rows of a page's tables whose first cell is code that `begins` so: the code, then the other cells. */
function rowsOf(page: string, begins = ""): [string, ...string[]][] {
  return [...page.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)]
    .map(([, name = "", rest = ""]): [string, ...string[]] => [name, ...rest.split(" | ")])
    .filter(([name]) => name.startsWith(begins));
}

/** The text of a page without its code blocks. */
function proseOf(page: string): string {
  return page.replace(/^```[^]*?^```$/gm, "");
}

describe("the README", () => {
  it("is a page that is read in two minutes", () => {
    assert.ok(Buffer.byteLength(readme) <= 12_000, `${Buffer.byteLength(readme)} bytes`);
  });

  it("names the two commands of a fresh machine", () => {
    assert.match(readme, /^npm ci && npm start$/m);
    assert.match(readme, /^npm ci && npm test$/m);
  });

  it("shows a picture, and leads to every page of the docs", () => {
    assert.match(readme, /!\[[^\]]+\]\(media\/shots\/[^)]+\)/);
    for (const path of pages.keys()) if (path !== "README.md") assert.ok(readme.includes(`](${path})`), path);
  });
});

describe("the docs", () => {
  it("list every command with its title, and no other", () => {
    const listed = rowsOf(pages.get("docs/commands.md") ?? "", "dialler.");
    assert.deepEqual(
      listed.map(([command, title]) => [command, title]),
      contributes.commands.map(({ command, title }) => [command, sentenceOf(title)]),
    );
    for (const [command, , meaning = ""] of listed) assert.match(meaning, /^[A-Z].{8,}\.$/, command);
  });

  it("list every setting with its default, who sets it and its meaning, and no other", () => {
    const properties = contributes.configuration.flatMap((group) => Object.entries(group.properties));
    assert.deepEqual(
      rowsOf(pages.get("docs/settings.md") ?? "", "dialler."),
      properties.map(([name, property]) => [
        name,
        defaultOf(property),
        property.scope === "application" ? "user" : "user or workspace",
        meaningOf(property),
      ]),
    );
  });

  it("explain every failure that the server, the network or a proxy can be, and no other", () => {
    const [explained = ""] = (pages.get("docs/troubleshooting.md") ?? "").split("\n## Other");
    const beginnings = rowsOf(explained).map(([beginning]) => beginning);
    const said = failureSentences();
    assert.ok(said.length > 20);
    const unsaid = beginnings.filter((beginning) => !said.some((sentence) => sentence.startsWith(beginning)));
    assert.deepEqual(unsaid, []);
    const unexplained = said.filter((sentence) => !beginnings.some((each) => sentence.startsWith(each)));
    assert.deepEqual(unexplained, []);
  });

  for (const [path, page] of pages) {
    it(`link only files and headings that exist: ${path}`, () => {
      for (const [, target = ""] of proseOf(page).matchAll(/\]\(([^)]+)\)/g)) {
        if (target.startsWith("https://")) continue;
        const [file = "", heading] = target.split("#");
        const linked = file === "" ? path : join(dirname(path), file);
        assert.ok(existsSync(join(projectRoot, linked)), `${path}: ${target}`);
        if (heading !== undefined)
          assert.ok(headingsOf(textOf(linked)).includes(heading), `${path}: ${target}`);
      }
    });
  }

  it("show pictures with words for those who cannot see them", () => {
    for (const [path, page] of pages)
      for (const [, words = "", file = ""] of page.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)) {
        assert.ok(words.length > 20, `${path}: ${file}`);
        assert.ok(statSync(join(projectRoot, dirname(path), file)).size > 1000, `${path}: ${file}`);
      }
  });

  it("name only commands, settings and views that exist", () => {
    const known: readonly string[] = [
      ...Object.values(commands),
      ...Object.values(settings),
      ...Object.values(views),
    ];
    for (const [path, page] of pages)
      for (const [, id = ""] of page.matchAll(/["`](dialler\.[\w.]+)["`]/g))
        assert.ok(known.includes(id), `${path}: ${id}`);
  });

  it("name commands by their titles", () => {
    for (const [path, page] of pages)
      for (const [, title = ""] of page.matchAll(/_Dialler: ([^_]+)_/g))
        assert.ok(titles.includes(title), `${path}: ${title}`);
  });

  it("name only files and folders that exist", () => {
    for (const [path, page] of pages)
      for (const [, file = ""] of page.matchAll(/`((?:src|test|docs|media|l10n)\/[\w./-]+)`/g))
        assert.ok(existsSync(join(projectRoot, file)), `${path}: ${file}`);
  });

  it("give examples of settings that name endpoints which can be used", () => {
    const blocks = [...pages.values()].flatMap((page) => [
      ...page.matchAll(/^```json\n("dialler[^]*?)^```$/gm),
    ]);
    assert.ok(blocks.length > 1);
    for (const [, block = ""] of blocks) {
      const example = JSON.parse(`{${block}}`) as Readonly<Record<string, unknown>>;
      const endpoints = example[settings.endpoints];
      assert.ok(typeof endpoints === "object" && endpoints !== null);
      for (const [name, value] of Object.entries(endpoints)) assert.ok(readEndpoint(name, value).ok, name);
      assert.ok(Object.hasOwn(endpoints, String(example[settings.activeEndpoint])));
    }
  });

  it("give a script of faults that the test dialler reads, and explain each member of it", () => {
    const page = pages.get("docs/test-dialler.md") ?? "";
    const [, script = ""] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];
    readFaultScript(script);
    const explained = page.split("\n## Faults")[1] ?? "";
    for (const member of faultMembers) assert.match(explained, new RegExp(`^\\| .*\`${member}\`.* \\|`, "m"));
  });

  it("draw every room of the house", () => {
    const drawn = /^src\/\n[^]*?^```$/m.exec(pages.get(".github/CONTRIBUTING.md") ?? "")?.[0] ?? "";
    for (const half of ["dialler", "dialler/api", "editor", "editor/view", "editor/commands"])
      for (const entry of readdirSync(join(projectRoot, "src", half), { withFileTypes: true }))
        if (entry.isDirectory()) assert.ok(drawn.includes(`${entry.name}/`), `src/${half}/${entry.name}`);
  });

  it("name only npm scripts that exist", () => {
    for (const [path, page] of pages)
      for (const [, script = ""] of page.matchAll(/npm run ([\w:]+)/g))
        assert.ok(script in scripts, `${path}: npm run ${script}`);
  });
});

function defaultOf({ default: value }: Property): string {
  if (value === "") return "empty";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** As the settings editor explains it, and what VS Code shows beside the explanation: the values it may have. */
function meaningOf({ markdownDescription, enum: values, minimum, maximum }: Property): string {
  const meaning = sentenceOf(markdownDescription).replace(/\*([^*]+)\*/g, "_$1_");
  const choices = values === undefined ? "" : ` Values: ${values.map((value) => `\`${value}\``).join(", ")}.`;
  return `${meaning}${choices}${minimum === undefined ? "" : ` From ${minimum} to ${maximum ?? "-"}.`}`;
}

/** The sentences in which the kinds of failure of the room of single exchanges are explained to a person. */
function failureSentences(): string[] {
  const room = ["src", "dialler", "api", "http"];
  const sources = readdirSync(join(projectRoot, ...room)).map((file) => textOf(...room, file));
  return sources
    .filter((source) => source.includes("extends ApiError"))
    .flatMap((source) => [...source.matchAll(/\b(?:say|l10n\.t)\(\s*(["'])([A-Z].*?)\1[,)\s]/g)])
    .map(([, , sentence = ""]) => sentence)
    .filter((sentence) => !needsNoPage.test(sentence));
}

/** What a person did, and what was not foreseen. */
const needsNoPage = /^(Cancelled|Something unexpected)/;

/** The headings of a page as links name them. */
function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
