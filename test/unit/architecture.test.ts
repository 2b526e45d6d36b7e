import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix, sep } from "node:path";
import ts from "typescript";
import { changeRules } from "../../src/dialler/api/changeRules";
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

/** What each room may import besides itself, `signal` and `l10n`; `type:` means types only, `node` Node without network. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "dialler/api/http": ["node"],
  "dialler/api/record": ["node"],
  "dialler/api/scan": ["dialler/api/http", "dialler/api/record", "node"],
  "dialler/api": ["dialler/api/http", "dialler/api/record", "dialler/api/scan", "node"],
  // Two ends built from one route table would agree even where both are wrong.
  "dialler/demo": ["type:dialler/api/record/wire", "node"],
  "dialler/testDialler": ["dialler/demo", "dialler/text", "dialler/api/record", "node"],
  "dialler/endpoint": ["dialler/api", "dialler/demo", "node"],
  "dialler/lookup": ["dialler/api"],
  "dialler/text": ["dialler/api/record", "dialler/runs/resultLine"],
  "dialler/runs": ["dialler/api", "dialler/lookup", "node"],
  "dialler/list": ["dialler/api", "dialler/lookup", "dialler/runs", "node"],
  "dialler/transfer": ["dialler/api", "dialler/lookup", "dialler/text", "dialler/runs", "node"],
  "dialler/journal": ["dialler/api", "dialler/lookup", "dialler/runs", "dialler/transfer", "node"],
  "editor/settings": ["manifest", "dialler/endpoint", "vscode"],
  "editor/shown": ["manifest", "dialler", "vscode"],
  "editor/view": ["manifest", "editor/shown", "dialler", "vscode"],
  "editor/commands": ["manifest", "editor", "dialler", "vscode"],
  signal: [],
  l10n: [],
  manifest: [],
  reactions: ["manifest", "editor", "dialler", "vscode"],
  extension: ["manifest", "reactions", "editor", "dialler", "vscode"],
};

/** Rows, lists and runs keep the connection they came from; only what opens one needs more than its type. */
const connectionType = "dialler/endpoint/connect";

/** Every room may signal and speak, except those that import nothing. */
const spoken = ["signal", "l10n"];
const importNothing = ["signal", "l10n", "manifest"];

/** The right half takes values from these files of the API, and from the others types alone: it opens no connection. */
const withoutConnection =
  /^dialler\/api\/(record\/\w+|http\/(apiError|connectionErrors|replyErrors|url|parsedUrl)|explain|secrets)$/;

const network =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|inspector|child_process|cluster)$/;
const mayReachTheNetwork: readonly (readonly [importer: RegExp, modules: RegExp])[] = [
  [/^dialler\/api\/http\/(connections|exchange|overhearProxy)\.ts$/, /^node:(http|https|tls)$/],
  [/^dialler\/demo\//, /^node:(http|net)$/],
  [/^dialler\/endpoint\/checkEndpoint\.ts$/, /^node:dns\/promises$/],
];

/** The packages that are part of the extension, and the one file that may know each. */
const soleImporters: Readonly<Record<string, string>> = {
  "node-fetch": "dialler/api/http/exchange.ts",
  papaparse: "dialler/text/table/tableText.ts",
};

const emptyNames = /^(utils?|common|helpers?|core|shared|base|index)$/;
const mostFiles = 18;
const mostLines = 300;

/** The room of a file or of an imported path: the longest that holds it. */
function roomOf(path: string): string | undefined {
  const plain = path.replace(/\.ts$/, "");
  const holding = Object.keys(rooms).filter((room) => isWithin(plain, room));
  return holding.sort((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Everything in which the sources differ from the plan of the house, as sentences. */
function faultsOf(files: readonly SourceFile[]): string[] {
  const parsed = files.map(({ path, text }) => ({
    path,
    source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest),
  }));
  const imports = parsed.flatMap(({ path, source }) => importsOf(path, source));
  const paths = new Set(files.map(({ path }) => path));
  return [
    ...imports.flatMap((one) => importFault(one) ?? []),
    ...cycles(imports, (path) => (paths.has(path) ? path : undefined)),
    ...cycles(imports, (path) => (paths.has(path) ? folderOf(path) : undefined)),
    ...sizeFaults(files),
    ...files.flatMap(comparesActions),
    ...files.flatMap(({ path }) => nameFault(path) ?? []),
    ...parsed.flatMap(({ path, source }) =>
      callsFetch(source) && path !== soleImporters["node-fetch"] ? [`${path} calls fetch`] : [],
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
  const said = `${from} imports ${to}${kind === "type" ? " (types)" : ""}`;
  if (kind === "reExport") return `${from} passes on ${to}: no barrels`;
  const importer = soleImporters[to];
  if (importer !== undefined) return from === importer ? undefined : said;
  const room = roomOf(from);
  const allowed = room === undefined ? undefined : rooms[room];
  if (room === undefined || allowed === undefined) return `${from} is in no room`;
  if (to === "vscode") return allowed.includes("vscode") ? undefined : said;
  if (isBuiltin(to)) return mayImportBuiltin(from, to, allowed) ? undefined : said;
  const target = roomOf(to);
  if (target === undefined) return said;
  if (spoken.includes(target)) return importNothing.includes(room) ? said : undefined;
  if (target === room && !importNothing.includes(room)) return undefined;
  if (kind === "type" && allowed.some((one) => one.startsWith("type:") && isWithin(to, one.slice(5))))
    return undefined;
  if (kind === "type" && to === connectionType && isWithin(room, "dialler")) return undefined;
  if (!allowed.some((one) => isWithin(to, one))) return said;
  const opens = isWithin(to, "dialler/api") && !withoutConnection.test(to);
  return !isWithin(room, "dialler") && opens && kind === "value" ? said : undefined;
}

function mayImportBuiltin(from: string, to: string, allowed: readonly string[]): boolean {
  if (!network.test(to))
    return to.startsWith("node:") && (allowed.includes("node") || !isWithin(from, "dialler"));
  return mayReachTheNetwork.some(([importer, modules]) => importer.test(from) && modules.test(to));
}

/** The folder of a file; undefined for the few files on top, which belong to no room. */
function folderOf(path: string): string | undefined {
  const folder = posix.dirname(path);
  return folder === "." ? undefined : folder;
}

function sizeFaults(files: readonly SourceFile[]): string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [
    ...[...counts].flatMap(([folder, count]) =>
      count > mostFiles ? [`${folder} holds ${count} files; ${mostFiles} are the most`] : [],
    ),
    ...files.flatMap(({ path, text }) => {
      const lines = text.split("\n").length - 1;
      return lines > mostLines ? [`${path} has ${lines} lines; ${mostLines} are the most`] : [];
    }),
  ];
}

/** Cycles among files or folders, imports of types included; each is reported once. `nodeOf`: what stands for a file. */
function cycles(imports: readonly Import[], nodeOf: (path: string) => string | undefined): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [node, target] = [nodeOf(from), nodeOf(`${to}.ts`)];
    if (node === undefined || target === undefined) continue;
    // A file must not import itself; files of one folder may import each other.
    if (node === target && node !== from) continue;
    next.set(node, (next.get(node) ?? new Set()).add(target));
  }
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (node: string, way: readonly string[]): void => {
    const place = way.indexOf(node);
    if (place >= 0) found.push(`cycle: ${[...way.slice(place), node].join(" → ")}`);
    if (place >= 0 || done.has(node)) return;
    for (const target of next.get(node) ?? []) follow(target, [...way, node]);
    done.add(node);
  };
  for (const node of next.keys()) follow(node, []);
  return found;
}

/** What an action is stands in its row; the demo is written from the API's page and knows no rows. */
function comparesActions({ path, text }: SourceFile): string[] {
  const words = Object.keys(changeRules).join("|");
  const compared = new RegExp(`[!=]== "(?:${words})"`).test(text);
  return compared && !isWithin(path, "dialler/demo") ? [`${path} compares an action by its name`] : [];
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

  it("has every room that the plan names, and no file outside of them", () => {
    const found = new Set(sources().map(({ path }) => roomOf(path) ?? path));
    assert.deepEqual([...found].sort(), Object.keys(rooms).sort());
  });
});

describe("the check of the house", () => {
  const faultsIn = (path: string, text: string) => faultsOf([{ path, text }]);

  it("finds what a room must not import", () => {
    for (const [path, text] of [
      ["dialler/api/x.ts", 'import * as vscode from "vscode";'],
      ["dialler/api/x.ts", 'import type { Uri } from "vscode";'],
      ["dialler/endpoint/x.ts", 'import { Uri } from "vscode";'],
      ["dialler/list/x.ts", 'type X = import("vscode").Uri;'],
      ["dialler/demo/x.ts", 'const v = require("vscode");'],
      ["dialler/demo/x.ts", 'import { urlBelow } from "../api/http/url";'],
      ["dialler/demo/x.ts", 'import type { Call } from "../api/http/exchange";'],
      ["dialler/demo/x.ts", 'import { type WireRecord, y } from "../api/record/wire";'],
      ["dialler/api/http/x.ts", 'import type { WireRecord } from "../record/wire";'],
      ["dialler/api/record/x.ts", 'import type { Asked } from "../http/apiError";'],
      ["dialler/api/scan/x.ts", 'import { sendObeying } from "../repeat";'],
      ["dialler/api/x.ts", 'import { startDemoServer } from "../demo/demoServer";'],
      ["dialler/api/x.ts", 'import type { Endpoint } from "../endpoint/endpoint";'],
      ["dialler/api/x.ts", 'import { commands } from "../../manifest";'],
      ["dialler/list/x.ts", 'import { commands } from "../../manifest";'],
      ["dialler/list/x.ts", 'import { Connector } from "../endpoint/connect";'],
      ["dialler/list/x.ts", 'import type { ContactTree } from "../../editor/view/list/contactTree";'],
      ["dialler/lookup/x.ts", 'import { runAction } from "../runs/runAction";'],
      ["dialler/runs/x.ts", 'import type { Journal } from "../journal/journal";'],
      ["dialler/text/x.ts", 'import { runAction } from "../runs/runAction";'],
      ["dialler/transfer/x.ts", 'import { restoreContact } from "../journal/restore";'],
      ["editor/settings/x.ts", 'import type { SortBy } from "../../dialler/list/contactOrder";'],
      ["editor/shown/x.ts", 'import type { ContactTree } from "../view/list/contactTree";'],
      ["editor/view/x.ts", 'import type { Parts } from "../commands/call/parts";'],
      ["editor/view/x.ts", 'import { DiallerClient } from "../../dialler/api/diallerClient";'],
      ["editor/commands/x.ts", 'import { exchange } from "../../dialler/api/http/exchange";'],
      ["editor/commands/x.ts", 'const { exchange } = await import("../../dialler/api/http/exchange");'],
      ["signal.ts", 'import * as l10n from "./l10n";'],
      ["manifest.ts", 'import type { Signal } from "./signal";'],
      ["editor/view/x.ts", 'import { react } from "../../reactions";'],
      ["dialler/api/http/x.ts", 'import fetch from "node-fetch";'],
      ["dialler/list/x.ts", 'import fetch from "node-fetch";'],
      ["dialler/transfer/x.ts", 'import Papa from "papaparse";'],
      ["dialler/api/http/x.ts", 'import { request } from "node:https";'],
      ["dialler/list/x.ts", 'import { request } from "node:http";'],
      ["dialler/list/x.ts", 'import { request } from "http";'],
      ["dialler/endpoint/x.ts", 'import { connect } from "node:net";'],
      ["dialler/endpoint/x.ts", 'import { lookup } from "node:dns/promises";'],
      ["editor/commands/x.ts", 'import { request } from "node:https";'],
      ["extension.ts", 'import { connect } from "node:tls";'],
      ["dialler/lookup/x.ts", 'import { readFile } from "node:fs/promises";'],
      ["dialler/api/x.ts", 'import axios from "axios";'],
      ["dialler/api/x.ts", 'import { readFile } from "fs";'],
      ["elsewhere/x.ts", 'import { URL } from "node:url";'],
      ["dialler/x.ts", 'import { URL } from "node:url";'],
    ] as const) {
      assert.equal(faultsIn(path, text).length, 1, `${path}: ${text}`);
    }
  });

  it("lets through what a room may import", () => {
    for (const [path, text] of [
      [
        "dialler/api/http/exchange.ts",
        'import fetch from "node-fetch"; import { Agent } from "node:https"; await fetch("x");',
      ],
      [
        "dialler/demo/x.ts",
        'import type { WireRecord } from "../api/record/wire"; import { createServer } from "node:http";',
      ],
      ["dialler/demo/x.ts", 'import { type WireRecord } from "../api/record/wire";'],
      [
        "dialler/endpoint/checkEndpoint.ts",
        'import { lookup } from "node:dns/promises"; import { startDemoServer } from "../demo/demoServer";',
      ],
      [
        "dialler/list/x.ts",
        'import type { Connection } from "../endpoint/connect"; import * as l10n from "../../l10n";',
      ],
      ["dialler/text/x.ts", 'import { resultLine } from "../runs/resultLine";'],
      [
        "editor/settings/x.ts",
        'import { readEndpoint } from "../../dialler/endpoint/endpoint"; import * as vscode from "vscode";',
      ],
      [
        "editor/view/x.ts",
        'import type { DiallerClient } from "../../dialler/api/diallerClient"; import { explain } from "../../dialler/api/explain";',
      ],
      [
        "reactions.ts",
        'import { Signal } from "./signal"; import type { Parts } from "./editor/commands/call/parts";',
      ],
    ] as const) {
      assert.deepEqual(faultsIn(path, text), [], `${path}: ${text}`);
    }
  });

  it("finds cycles, of types too, of one file with itself, and of folders", () => {
    const faults = faultsOf([
      { path: "dialler/api/a.ts", text: 'import { b } from "./b";' },
      { path: "dialler/api/b.ts", text: 'import { c } from "./c";' },
      { path: "dialler/api/c.ts", text: 'import type { A } from "./a";' },
      { path: "dialler/api/d.ts", text: 'import { d } from "./d";' },
      { path: "dialler/api/e.ts", text: 'import { a } from "./a";' },
    ]);
    assert.deepEqual(faults, [
      "cycle: dialler/api/a.ts → dialler/api/b.ts → dialler/api/c.ts → dialler/api/a.ts",
      "cycle: dialler/api/d.ts → dialler/api/d.ts",
    ]);
    const folders = faultsOf([
      { path: "editor/commands/call/a.ts", text: 'import { b } from "../ask/b";' },
      { path: "editor/commands/ask/b.ts", text: "" },
      { path: "editor/commands/ask/c.ts", text: 'import type { D } from "../call/d";' },
      { path: "editor/commands/call/d.ts", text: "" },
    ]);
    assert.deepEqual(folders, ["cycle: editor/commands/call → editor/commands/ask → editor/commands/call"]);
  });

  it("finds what tells actions apart by their names", () => {
    assert.match(faultsIn("editor/view/x.ts", 'a(change === "delete");').join(), /compares an action/);
    assert.match(faultsIn("dialler/runs/x.ts", 'a(change !== "lock");').join(), /compares an action/);
    assert.deepEqual(faultsIn("dialler/demo/x.ts", 'a(word === "delete");'), []);
  });

  it("finds folders and files that are too long", () => {
    const many = (count: number): SourceFile[] =>
      Array.from({ length: count }, (_, index) => ({ path: `dialler/list/f${index}.ts`, text: "" }));
    assert.deepEqual(faultsOf(many(18)), []);
    assert.match(faultsOf(many(19)).join(), /dialler\/list holds 19 files/);
    assert.deepEqual(faultsIn("dialler/list/x.ts", "a;\n".repeat(300)), []);
    assert.match(faultsIn("dialler/list/x.ts", "a;\n".repeat(301)).join(), /has 301 lines/);
  });

  it("finds barrels, names without a subject, a fetch of one's own and a long entry", () => {
    assert.match(faultsIn("dialler/api/x.ts", 'export { y } from "./y";').join(), /no barrels/);
    assert.match(faultsIn("dialler/api/x.ts", 'export * from "./y";').join(), /no barrels/);
    assert.match(faultsIn("dialler/api/x.ts", 'export type { Y } from "./y";').join(), /no barrels/);
    for (const path of [
      "dialler/api/utils.ts",
      "dialler/helpers/x.ts",
      "dialler/api/common.ts",
      "dialler/api/core/x.ts",
      "dialler/api/index.ts",
      "editor/view/base.ts",
      "editor/shared/x.ts",
    ]) {
      assert.match(faultsIn(path, "").join(), /names no subject/, path);
    }
    assert.deepEqual(faultsIn("dialler/api/baseline.ts", ""), []);
    assert.match(faultsIn("editor/view/x.ts", 'await globalThis.fetch("https://x");').join(), /calls fetch/);
    assert.match(faultsIn("dialler/api/x.ts", 'void fetch("https://x");').join(), /calls fetch/);
    const line = "act();\n";
    assert.deepEqual(faultsIn("extension.ts", line.repeat(40)), []);
    assert.match(faultsIn("extension.ts", line.repeat(41)).join(), /41 lines/);
    assert.deepEqual(faultsIn("extension.ts", 'import "vscode";\n'.repeat(30) + line.repeat(40)), []);
  });
});
