// Builds what runs. `node esbuild.mjs` makes the extension; `node esbuild.mjs tests` makes the tests and the
// scripts beside them; `--watch` keeps the extension built while its sources change.
import { context, build } from "esbuild";
import { existsSync, readdirSync, rmSync } from "node:fs";
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

const extension = {
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  external: ["vscode"],
  minify: !watch,
  keepNames: true,
};

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
} else if (watch) {
  await (await context(extension)).watch();
} else {
  rmSync("dist", { recursive: true, force: true });
  await build(extension);
}
