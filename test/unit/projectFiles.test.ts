import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../src/manifest";
import { projectRoot } from "../support/host/places";

interface Task {
  readonly label: string;
  readonly type: string;
  readonly script: string;
  readonly problemMatcher: unknown;
}

interface Watch extends Task {
  readonly isBackground: boolean;
  readonly problemMatcher: {
    readonly pattern: Readonly<Record<string, string | number>> & { readonly regexp: string };
    readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

interface Launch {
  readonly name: string;
  readonly type: string;
  readonly preLaunchTask?: string;
  readonly program?: string;
  readonly args?: readonly string[];
}

const textOf = (...path: string[]): string => readFileSync(join(projectRoot, ...path), "utf8");
const jsonOf = (...path: string[]): unknown => JSON.parse(textOf(...path));
const { scripts } = jsonOf("package.json") as { readonly scripts: Readonly<Record<string, string>> };
const { tasks } = jsonOf(".vscode", "tasks.json") as { readonly tasks: readonly Task[] };
const { configurations } = jsonOf(".vscode", "launch.json") as { readonly configurations: readonly Launch[] };
const demo = configurations.find(({ name }) => name === "Extension on the demo");

/** A path of a launch configuration on this computer. */
function pathOf(text: string): string {
  return text.replace("${workspaceFolder}", projectRoot);
}

describe("the settings of the project's own VS Code window", () => {
  it("are files that can be read", () => {
    for (const file of readdirSync(join(projectRoot, ".vscode"))) assert.ok(jsonOf(".vscode", file), file);
  });

  it("name tasks that exist, and scripts of package.json", () => {
    for (const { label, type, script } of tasks) {
      assert.equal(type, "npm", label);
      assert.ok(script in scripts, label);
    }
    const labels = tasks.map(({ label }) => label);
    const wanted = configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []);
    assert.ok(wanted.length > 0);
    for (const label of wanted) assert.ok(labels.includes(label), label);
  });

  it("open the extension from its folder, on the demo, with a profile that is thrown away", () => {
    const [workspace = "", ...options] = demo?.args ?? [];
    assert.ok(options.includes("--profile-temp"));
    assert.ok(options.includes("--extensionDevelopmentPath=${workspaceFolder}"));
    for (const option of options) {
      const [, folder] = /^--extensionDevelopmentPath=(.*)$/.exec(option) ?? [];
      if (folder !== undefined) assert.ok(existsSync(join(pathOf(folder), "package.json")), folder);
    }
    const opened = JSON.parse(readFileSync(pathOf(workspace), "utf8")) as {
      readonly settings: Readonly<Record<string, unknown>>;
    };
    assert.equal(opened.settings[settings.activeEndpoint], "Demo");
  });

  it("debug the open unit test as `npm run test:unit` runs it", () => {
    const unit = configurations.find(({ args }) => args?.includes("${relativeFile}") === true);
    const program = unit?.program?.replace("${workspaceFolder}/", "") ?? "-";
    assert.ok(scripts["test:unit"]?.endsWith(`node ${program}`), program);
    const build = tasks.find(({ label }) => label === unit?.preLaunchTask);
    assert.equal(build?.script, "build:tests");
  });

  it("read the lines of a watching build, and learn from them when it is finished", () => {
    const watch = tasks.find(({ label }) => label === demo?.preLaunchTask) as Watch | undefined;
    assert.equal(watch?.isBackground, true);
    const { pattern, background } = watch.problemMatcher;
    const build = textOf("esbuild.mjs");
    for (const [line, lines] of [
      ["[watch] build started", background.beginsPattern],
      ["[watch] build finished", background.endsPattern],
    ] as const) {
      assert.ok(build.includes(`"${line}"`), line);
      assert.match(line, new RegExp(lines));
    }
    const found =
      new RegExp(pattern.regexp).exec('src/signal.ts:29:19: error: Could not resolve "./x"') ?? [];
    const named = ["file", "line", "column", "severity", "message"].map(
      (name) => found[Number(pattern[name])],
    );
    assert.deepEqual(named, ["src/signal.ts", "29", "19", "error", 'Could not resolve "./x"']);
  });
});

describe("the workflow of a push", () => {
  const steps = [...textOf(".github", "workflows", "ci.yml").matchAll(/^ +- run: (.*)$/gm)];

  it("runs only what can be run here: scripts of package.json and of .ci", () => {
    const lines = steps.map(([, line = ""]) => line);
    assert.ok(lines.includes(".ci/run"));
    for (const line of lines) {
      const [, script] = /^npm run ([\w:]+)$/.exec(line) ?? [];
      if (script !== undefined) assert.ok(script in scripts, line);
      else if (line !== "npm ci") assert.ok(existsSync(join(projectRoot, line)), line);
    }
  });

  it("takes the version of Node that package.json asks for", () => {
    const { engines } = jsonOf("package.json") as { readonly engines: { readonly node: string } };
    const versions = [...textOf(".github", "workflows", "ci.yml").matchAll(/node-version: "([^"]+)"/g)];
    assert.ok(versions.length > 0);
    for (const [, version = ""] of versions) assert.equal(engines.node, `>=${version}`);
  });
});
