// Builds what runs. `node esbuild.mjs` makes the extension and the test dialler; `node esbuild.mjs tests` makes the tests
// and the scripts beside them; `--watch` builds the extension again whenever a source changes.
import { context, build } from "esbuild";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const watch = process.argv.includes("--watch");
const tests = process.argv.includes("tests");

/** node-fetch reaches for a stream polyfill only where Node has no streams of its own; every supported host has. */
const noStreamPolyfill = {
  name: "no-stream-polyfill",
  setup(on) {
    on.onResolve({ filter: /^web-streams-polyfill/ }, () => ({ path: "none", namespace: "empty" }));
    on.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

const common = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "warning",
  plugins: [noStreamPolyfill],
};

function sourcesBelow(folder, suffix) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Licences under which a package may be part of the extension: all they ask for is that their text comes along. */
const bundledLicences = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD"];

/** Name, version and licence text of every package that went into the bundle. Throws where one of them is missing. */
function noticesOf({ inputs }) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    if (path.startsWith("src/") || path.startsWith("empty:")) continue;
    const [folder] = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
    if (folder === undefined) throw new Error(`${path} must not be part of the extension.`);
    folders.add(folder);
  }
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (!bundledLicences.includes(license)) throw new Error(`${name} is under "${license}".`);
    return `${name} ${version} (${license})\n\n${licenceTextIn(folder)}\n`;
  });
  const head = "The extension contains these packages, each under its own licence.\n";
  return [head, ...notices].join(`\n${"-".repeat(80)}\n\n`);
}

/** From the package's licence file, or from the last part of its README where it has none. */
function licenceTextIn(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
  const [, text] =
    /^(?:#+ *)?licen[cs]e\n-*\n([^]*)/im.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];
  if (text === undefined || !/permission is hereby granted/i.test(text))
    throw new Error(`There is no licence text in ${folder}.`);
  return text.trim();
}

const extension = {
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  metafile: true,
  external: ["vscode"],
  minify: !watch,
  keepNames: true,
};

/** The demo dialler as a program of its own: one file that any Node runs. */
const testDialler = (outfile) => ({
  ...common,
  entryPoints: ["src/dialler/testDialler/testDialler.ts"],
  outfile,
  minify: true,
});

/** Prints builds and their problems as the watch task of .vscode/tasks.json reads them. */
const watchedLines = {
  name: "watched-lines",
  setup(on) {
    on.onStart(() => console.log("[watch] build started"));
    on.onEnd(({ errors, warnings }) => {
      for (const problem of errors) console.log(lineOf("error", problem));
      for (const problem of warnings) console.log(lineOf("warning", problem));
      console.log("[watch] build finished");
    });
  },
};

function lineOf(severity, { text, location }) {
  const place =
    location === null ? "esbuild.mjs:1:1" : `${location.file}:${location.line}:${location.column + 1}`;
  return `${place}: ${severity}: ${text}`;
}

// Tools of the tests come from node_modules as they are; the sources under test are bundled in.
const tools = [
  "mocha",
  "fast-check",
  "typescript",
  "playwright-core",
  "@vscode/test-electron",
  "@vscode/vsce",
  "proper-lockfile",
];

if (tests) {
  rmSync("out/test", { recursive: true, force: true });
  const insideVsCode = [...sourcesBelow("test/editor", ".ts"), ...sourcesBelow("test/bench/inHost", ".ts")];
  // The unit bundle does not mark `vscode` external: a value import of it below a unit test stops this build.
  const plain = [
    ...sourcesBelow("test/unit", ".test.ts"),
    ...sourcesBelow("test/support", ".ts"),
    ...sourcesBelow("test/ui", ".ts"),
    ...sourcesBelow("test/sweep", ".ts"),
    ...sourcesBelow("test/lab", ".ts"),
    ...sourcesBelow("test/bench", ".ts").filter((file) => !insideVsCode.includes(file)),
  ];
  await build({
    ...common,
    entryPoints: plain,
    outdir: "out",
    outbase: ".",
    external: tools,
    sourcemap: "inline",
  });
  await build({
    ...common,
    entryPoints: insideVsCode,
    outdir: "out",
    outbase: ".",
    external: [...tools, "vscode"],
    sourcemap: "inline",
  });
  await build(testDialler("out/testDialler.js"));
} else if (watch) {
  const plugins = [...common.plugins, watchedLines];
  await (await context({ ...extension, plugins, sourcemap: true, logLevel: "silent" })).watch();
} else {
  rmSync("dist", { recursive: true, force: true });
  const { metafile } = await build(extension);
  writeFileSync("dist/NOTICES.txt", noticesOf(metafile));
  await build(testDialler("dist/testDialler.js"));
}
