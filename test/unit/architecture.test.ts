import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix, sep } from "node:path";
import ts from "typescript";
import { projectRoot } from "../support/host/places";

interface SourceFile {
  /** Below `src`, with `/`. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  /** A path below `src` without its ending, or the name of a package. */
  readonly to: string;
  readonly kind: "value" | "type" | "reExport";
}

const roomOf = (path: string): string => (path.split("/")[0] ?? path).replace(/\.ts$/, "");

/** What each room may import besides itself and the words below; `type:` means types only. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  signal: [],
  l10n: [],
  manifest: [],
  api: ["node"],
  demo: ["type:api/wire", "node"],
  endpoint: ["api", "demo", "node"],
  contacts: ["api", "type:endpoint", "node"],
  settings: ["manifest", "endpoint", "contacts", "vscode"],
  view: ["manifest", "contacts", "type:endpoint", "api", "vscode"],
  commands: ["manifest", "contacts", "endpoint", "settings", "view", "api", "vscode"],
  reactions: ["manifest", "contacts", "endpoint", "settings", "view", "commands", "api", "vscode"],
  extension: [
    "manifest",
    "contacts",
    "endpoint",
    "settings",
    "view",
    "commands",
    "api",
    "reactions",
    "vscode",
  ],
};

/** Every room may signal and speak, except those that import nothing. */
const words = ["signal", "l10n"];
const importNothing = ["signal", "l10n", "manifest"];

/** The right half takes values from these files of the API, and from the others types alone: it opens no connection. */
const withoutConnection = ["apiError", "campaign", "contact", "invisible", "key", "secrets", "url"].map(
  (file) => `api/${file}`,
);
const rightHalf = ["settings", "view", "commands", "reactions", "extension"];

const network =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|inspector|child_process|cluster)$/;
const mayReachTheNetwork: Readonly<Record<string, RegExp>> = {
  api: /^node:(http|https|net|tls)$/,
  demo: /^node:(http|https|net|tls)$/,
  endpoint: /^node:dns(\/promises)?$/,
};

/** The packages that are part of the extension, and the one file that may know each. */
const soleImporters: Readonly<Record<string, string>> = {
  "node-fetch": "api/exchange.ts",
  papaparse: "contacts/csvTable.ts",
};

const emptyNames = /^(utils?|common|helpers?|core|shared|base|index)$/;

/** Everything in which the sources differ from the plan of the house, as sentences. */
function faultsOf(files: readonly SourceFile[]): string[] {
  const parsed = files.map(({ path, text }) => ({
    path,
    source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest),
  }));
  const imports = parsed.flatMap(({ path, source }) => importsOf(path, source));
  return [
    ...imports.flatMap((one) => importFault(one) ?? []),
    ...cycles(files, imports),
    ...files.flatMap(({ path }) => nameFault(path) ?? []),
    ...parsed.flatMap(({ path, source }) =>
      callsFetch(source) && path !== "api/exchange.ts" ? [`${path} calls fetch`] : [],
    ),
    ...parsed.flatMap(({ path, source }) => entryFault(path, source) ?? []),
  ];
}

function importsOf(from: string, source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import["kind"]): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const { text } = specifier;
    found.push({ from, to: text.startsWith(".") ? posix.join(posix.dirname(from), text) : text, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, isTypeOnly(node.importClause) ? "type" : "value");
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, "reExport");
    if (ts.isExternalModuleReference(node)) add(node.expression, "value");
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, "type");
    if (ts.isCallExpression(node)) {
      const called = node.expression;
      const isImport =
        called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === "require");
      if (isImport) add(node.arguments[0], "value");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function importFault({ from, to, kind }: Import): string | undefined {
  const room = roomOf(from);
  const said = `${from} imports ${to}${kind === "type" ? " (types)" : ""}`;
  if (kind === "reExport") return `${from} passes on ${to}: no barrels`;
  const importer = soleImporters[to];
  if (importer !== undefined) return from === importer ? undefined : said;
  const allowed = mayImport[room];
  if (allowed === undefined) return `${from} is in no room`;
  if (to === "vscode") return allowed.includes("vscode") ? undefined : said;
  if (isBuiltin(to)) {
    const open = to.startsWith("node:") && allowed.includes("node") && !network.test(to);
    return open || mayReachTheNetwork[room]?.test(to) === true ? undefined : said;
  }
  const target = roomOf(to);
  if (mayImport[target] === undefined) return said;
  if (target === room && !importNothing.includes(room)) return undefined;
  if (words.includes(target)) return importNothing.includes(room) ? said : undefined;
  if (kind === "type" && (allowed.includes(`type:${target}`) || allowed.includes(`type:${to}`)))
    return undefined;
  if (!allowed.includes(target)) return said;
  const opens = target === "api" && !withoutConnection.includes(to);
  return rightHalf.includes(room) && opens && kind === "value" ? said : undefined;
}

/** Cycles among files, imports of types included; each is told once. */
function cycles(files: readonly SourceFile[], imports: readonly Import[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (known.has(`${to}.ts`)) next.set(from, [...(next.get(from) ?? []), `${to}.ts`]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (path: string, way: readonly string[]): void => {
    const place = way.indexOf(path);
    if (place >= 0) found.push(`cycle: ${[...way.slice(place), path].join(" → ")}`);
    if (place >= 0 || done.has(path)) return;
    for (const target of next.get(path) ?? []) follow(target, [...way, path]);
    done.add(path);
  };
  for (const path of known) follow(path, []);
  return found;
}

function nameFault(path: string): string | undefined {
  const empty = path
    .replace(/\.ts$/, "")
    .split("/")
    .find((name) => emptyNames.test(name));
  return empty === undefined ? undefined : `${path}: “${empty}” names no subject`;
}

function callsFetch(source: ts.SourceFile): boolean {
  const found = { fetch: false };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = node.expression;
      const name = ts.isPropertyAccessExpression(called) ? called.name : called;
      if (ts.isIdentifier(name) && name.text === "fetch") found.fetch = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.fetch;
}

/** The entry file is a list of parts: at most 40 lines besides its imports. */
function entryFault(path: string, source: ts.SourceFile): string | undefined {
  if (path !== "extension.ts") return undefined;
  const [first] = source.statements.filter((statement) => !ts.isImportDeclaration(statement));
  const lines = source.text.slice(first?.getFullStart() ?? 0).split("\n");
  const count = lines.filter((line) => line.trim() !== "").length;
  return count > 40 ? `extension.ts has ${count} lines besides its imports` : undefined;
}

function sources(): SourceFile[] {
  const root = join(projectRoot, "src");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  return paths.map((path) => ({
    path: path.split(sep).join("/"),
    text: readFileSync(join(root, path), "utf8"),
  }));
}

describe("the house", () => {
  it("is built as planned: who imports whom, no cycles, no barrels, no empty names, a short entry", function () {
    this.timeout(10_000);
    const files = sources();
    assert.ok(files.length > 50);
    assert.deepEqual(faultsOf(files), []);
  });

  it("has every room that the plan names", () => {
    const rooms = new Set(sources().map(({ path }) => roomOf(path)));
    assert.deepEqual([...rooms].sort(), Object.keys(mayImport).sort());
  });
});

describe("the check of the house", () => {
  const faultsIn = (path: string, text: string) => faultsOf([{ path, text }]);

  it("finds what a room must not import", () => {
    for (const [path, text] of [
      ["api/x.ts", 'import * as vscode from "vscode";'],
      ["api/x.ts", 'import type { Uri } from "vscode";'],
      ["endpoint/x.ts", 'import { Uri } from "vscode";'],
      ["contacts/x.ts", 'type X = import("vscode").Uri;'],
      ["demo/x.ts", 'const v = require("vscode");'],
      ["demo/x.ts", 'import { urlBelow } from "../api/url";'],
      ["demo/x.ts", 'import type { Call } from "../api/exchange";'],
      ["demo/x.ts", 'import { type WireRecord, y } from "../api/wire";'],
      ["api/x.ts", 'import { startDemoServer } from "../demo/demoServer";'],
      ["api/x.ts", 'import type { Endpoint } from "../endpoint/endpoint";'],
      ["api/x.ts", 'import { commands } from "../manifest";'],
      ["contacts/x.ts", 'import { commands } from "../manifest";'],
      ["contacts/x.ts", 'import { Connector } from "../endpoint/connect";'],
      ["contacts/x.ts", 'import type { ContactTree } from "../view/contactTree";'],
      ["settings/x.ts", 'import type { ContactTree } from "../view/contactTree";'],
      ["view/x.ts", 'import type { Parts } from "../commands/parts";'],
      ["view/x.ts", 'import { Connector } from "../endpoint/connect";'],
      ["view/x.ts", 'import { DiallerClient } from "../api/diallerClient";'],
      ["commands/x.ts", 'import { exchange } from "../api/exchange";'],
      ["commands/x.ts", 'const { exchange } = await import("../api/exchange");'],
      ["signal.ts", 'import * as l10n from "./l10n";'],
      ["manifest.ts", 'import type { Signal } from "./signal";'],
      ["view/x.ts", 'import { react } from "../reactions";'],
      ["api/x.ts", 'import fetch from "node-fetch";'],
      ["contacts/x.ts", 'import fetch from "node-fetch";'],
      ["contacts/x.ts", 'import { request } from "node:http";'],
      ["contacts/x.ts", 'import { request } from "http";'],
      ["endpoint/x.ts", 'import { connect } from "node:net";'],
      ["view/x.ts", 'import { readFile } from "node:fs/promises";'],
      ["commands/x.ts", 'import { request } from "node:https";'],
      ["extension.ts", 'import { connect } from "node:tls";'],
      ["contacts/x.ts", 'import { lookup } from "node:dns";'],
      ["api/x.ts", 'import axios from "axios";'],
      ["api/x.ts", 'import { readFile } from "fs";'],
      ["elsewhere/x.ts", 'import { URL } from "node:url";'],
    ] as const) {
      assert.equal(faultsIn(path, text).length, 1, `${path}: ${text}`);
    }
  });

  it("lets through what a room may import", () => {
    for (const [path, text] of [
      [
        "api/exchange.ts",
        'import fetch from "node-fetch"; import { Agent } from "node:https"; await fetch("x");',
      ],
      [
        "demo/x.ts",
        'import type { WireRecord } from "../api/wire"; import { createServer } from "node:http";',
      ],
      ["demo/x.ts", 'import { type WireRecord } from "../api/wire";'],
      [
        "endpoint/x.ts",
        'import { lookup } from "node:dns/promises"; import { startDemoServer } from "../demo/demoServer";',
      ],
      [
        "contacts/x.ts",
        'import type { Connection } from "../endpoint/connect"; import * as l10n from "../l10n";',
      ],
      [
        "settings/x.ts",
        'import { sortWays } from "../contacts/contactFilter"; import * as vscode from "vscode";',
      ],
      [
        "view/x.ts",
        'import type { DiallerClient } from "../api/diallerClient"; import { explain } from "../api/apiError";',
      ],
      ["reactions.ts", 'import { Signal } from "./signal"; import type { Parts } from "./commands/parts";'],
    ] as const) {
      assert.deepEqual(faultsIn(path, text), [], `${path}: ${text}`);
    }
  });

  it("finds cycles, of types too, and of one file with itself", () => {
    const faults = faultsOf([
      { path: "api/a.ts", text: 'import { b } from "./b";' },
      { path: "api/b.ts", text: 'import { c } from "./c";' },
      { path: "api/c.ts", text: 'import type { A } from "./a";' },
      { path: "api/d.ts", text: 'import { d } from "./d";' },
      { path: "api/e.ts", text: 'import { a } from "./a";' },
    ]);
    assert.deepEqual(faults, [
      "cycle: api/a.ts → api/b.ts → api/c.ts → api/a.ts",
      "cycle: api/d.ts → api/d.ts",
    ]);
  });

  it("finds barrels, names without a subject, a fetch of one's own and a long entry", () => {
    assert.match(faultsIn("api/x.ts", 'export { y } from "./y";').join(), /no barrels/);
    assert.match(faultsIn("api/x.ts", 'export * from "./y";').join(), /no barrels/);
    assert.match(faultsIn("api/x.ts", 'export type { Y } from "./y";').join(), /no barrels/);
    for (const path of [
      "api/utils.ts",
      "helpers/x.ts",
      "api/common.ts",
      "api/core/x.ts",
      "api/index.ts",
      "view/base.ts",
      "shared/x.ts",
    ]) {
      assert.match(faultsIn(path, "").join(), /names no subject/, path);
    }
    assert.deepEqual(faultsIn("api/baseline.ts", ""), []);
    assert.match(faultsIn("view/x.ts", 'await globalThis.fetch("https://x");').join(), /calls fetch/);
    assert.match(faultsIn("api/x.ts", 'void fetch("https://x");').join(), /calls fetch/);
    const line = "act();\n";
    assert.deepEqual(faultsIn("extension.ts", line.repeat(40)), []);
    assert.match(faultsIn("extension.ts", line.repeat(41)).join(), /41 lines/);
    assert.deepEqual(faultsIn("extension.ts", 'import "vscode";\n'.repeat(30) + line.repeat(40)), []);
  });
});
