import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  commands,
  documentScheme,
  filteredKey,
  listKeyCommands,
  loadingKey,
  openDocumentsKeys,
  runsKey,
  rowWords,
  runWords,
  settings,
  settingWords,
  stateKey,
  tools,
  undeclared,
  views,
} from "../../src/manifest";
import { projectRoot } from "../support/host/places";

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly icon?: string;
}

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Property {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
}

/** What a key runs: a command, or one with its argument. */
type Bound = string | { readonly command: string; readonly args: string };

interface Manifest {
  readonly icon: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly args?: string | { readonly commands: readonly Bound[] };
      readonly when: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly languageModelTools: readonly { readonly name: string; readonly when: string }[];
    readonly walkthroughs: readonly {
      readonly icon: string;
      readonly steps: readonly {
        readonly title: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const text = readFileSync(join(projectRoot, "package.json"), "utf8");
const manifest = JSON.parse(text) as Manifest;
const nls = readFileSync(join(projectRoot, "package.nls.json"), "utf8");
const sentences = JSON.parse(nls) as Record<string, string>;
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);
const properties = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Record<
  string,
  Property
>;
const entries = Object.values(contributes.menus).flat();
const whens = [...entries, ...contributes.viewsWelcome].flatMap(({ when }) =>
  when === undefined ? [] : [when],
);

describe("manifest", () => {
  it("names exactly the commands of package.json", () => {
    assert.deepEqual([...contributed, ...undeclared].sort(), Object.values<string>(commands).sort());
  });

  it("declares no command that has to arrive at once when a key is pressed", () => {
    for (const command of [commands.contactPreview, commands.listKey])
      assert.ok(!contributed.includes(command), command);
  });

  it("names exactly the settings of package.json", () => {
    assert.deepEqual(Object.keys(properties).sort(), Object.values<string>(settings).sort());
  });

  it("names exactly the views of package.json", () => {
    const ids = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(ids, Object.values<string>(views));
  });

  it("has a sentence for every key of package.json, and no sentence that is not used", () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? "");
    assert.deepEqual([...new Set(used)].sort(), Object.keys(sentences).sort());
  });

  it("keeps every title in Title Case and every command in one category", () => {
    for (const { title, category } of contributes.commands) {
      assert.equal(category, "%category%");
      const words = (sentences[title.slice(1, -1)] ?? "").split(" ");
      for (const word of words)
        assert.match(word, /^([A-Z]|\.http$|curl$|a$|as$|by$|the$|with$|this$|in$|of$|on$)/, words.join(" "));
    }
  });

  it("uses in menus only commands and submenus that exist", () => {
    for (const { command, submenu } of entries) {
      if (command !== undefined) assert.ok(contributed.includes(command), command);
      if (submenu !== undefined)
        assert.ok(
          contributes.submenus.some(({ id }) => id === submenu),
          submenu,
        );
    }
  });

  it("binds keys only to commands that exist", () => {
    const bound = contributes.keybindings.flatMap(({ command, args }) =>
      typeof args === "object" ? args.commands : [command],
    );
    for (const one of bound) {
      const command = typeof one === "string" ? one : one.command;
      assert.ok([...contributed, ...undeclared, "list.select"].includes(command), command);
    }
  });

  it("lets every key of the Contacts view select the row it is pressed on before anything can move the focus", () => {
    const keys = contributes.keybindings.filter(
      // Undo works on no row.
      ({ command, when }) =>
        when.includes("dialler.contacts && listFocus") && command !== commands.activityUndo,
    );
    const run = keys.map(({ command, args, when }): unknown => {
      // VS Code selects within the key press; a command of an extension comes back later. With several rows
      // selected, selecting one would lose the others.
      if (when.includes(" listMultiSelection")) {
        assert.equal(command, commands.listKey);
        return args;
      }
      assert.equal(command, "runCommands");
      const sequence = typeof args === "object" ? args.commands : [];
      const [select, key] = sequence;
      assert.deepEqual([sequence.length, select], [2, "list.select"]);
      assert.ok(typeof key === "object" && key.command === commands.listKey);
      return key.args;
    });
    assert.deepEqual([...new Set(run)].sort(), [...listKeyCommands].sort());
  });

  it("asks in when clauses only for words that rows have", () => {
    const words = whens.flatMap((when) => [...when.matchAll(/\\b(\w+)\\b/g)].map(([, word]) => word ?? ""));
    assert.ok(words.length > 0);
    const known = [...Object.values<string>(rowWords), ...Object.values<string>(runWords)];
    for (const word of words) assert.ok(known.includes(word), word);
  });

  it("asks in when clauses only for context keys that exist", () => {
    const known = new Set([
      "view",
      "viewItem",
      "listMultiSelection",
      "listDoubleSelection",
      "resourceScheme",
      "resourceExtname",
      "resourceFilename",
      "resource",
      "activeEditor",
      "in",
      ...Object.values<string>(openDocumentsKeys),
      "isWorkspaceTrusted",
      "false",
      stateKey,
      loadingKey,
      filteredKey,
      runsKey,
      `config.${settings.directUserData}`,
    ]);
    for (const when of whens) {
      const keys = when.replace(/(==|!=|=~) *(\/[^/]*\/|[\w.-]+)/g, "").match(/[\w.]+/g) ?? [];
      for (const key of keys) assert.ok(known.has(key), `${key} in ${when}`);
    }
  });

  it("opens documents under the scheme that menus ask for", () => {
    const schemes = whens.flatMap((when) =>
      [...when.matchAll(/resourceScheme == ([\w-]+)/g)].map(([, scheme]) => scheme),
    );
    assert.deepEqual([...new Set(schemes)], [documentScheme]);
  });

  it("links in welcome texts only commands that exist", () => {
    for (const { contents } of contributes.viewsWelcome) {
      const linked = [...(sentences[contents.slice(1, -1)] ?? "").matchAll(/\(command:([\w.]+)[)?]/g)].map(
        ([, id]) => id ?? "",
      );
      for (const id of linked) assert.ok(id.startsWith("workbench.") || contributed.includes(id), id);
    }
  });

  it("offers a chat exactly its tools, only while AI features are on, and none that deletes", () => {
    const offered = contributes.languageModelTools;
    assert.deepEqual(offered.map(({ name }) => name).sort(), Object.values<string>(tools).sort());
    for (const { name, when } of offered) {
      assert.equal(when, "!config.chat.disableAIFeatures");
      assert.doesNotMatch(name, /delete|remove|restore/i);
    }
  });

  it("leads through first steps with commands, views and settings that exist, each ticked off by one", () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.ok(steps.length >= 4 && steps.length <= 5);
    const existing = [
      ...contributed.map((id) => `onCommand:${id}`),
      ...Object.values(views).map((view) => `onView:${view}`),
      ...Object.values(settings).map((setting) => `onSettingChanged:${setting}`),
      `onContext:${stateKey} == listed`,
    ];
    for (const { description, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0);
      for (const event of completionEvents) assert.ok(existing.includes(event), event);
      const text = sentences[description.slice(1, -1)] ?? "";
      for (const [, id = ""] of text.matchAll(/\(command:([\w.]+)[)?]/g))
        assert.ok(
          contributed.includes(id) || Object.values(views).some((view) => id === `${view}.focus`),
          id,
        );
    }
  });

  it("draws its first steps in the colours of the theme, with words for those who cannot see them", () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const picture = readFileSync(join(projectRoot, media.svg), "utf8");
      assert.match(picture, /var\(--vscode-/);
      assert.doesNotMatch(picture, /(fill|stroke)="#/);
      assert.ok((sentences[media.altText.slice(1, -1)] ?? "").length > 20);
    }
  });

  it("ships every picture it names", () => {
    const containers = contributes.viewsContainers.activitybar.map(({ icon }) => icon);
    const own = Object.values(contributes.views).flatMap((list) => list.map(({ icon }) => icon));
    for (const icon of [manifest.icon, ...containers, ...own])
      assert.ok(existsSync(join(projectRoot, icon)), icon);
  });

  it("lets a workspace choose an endpoint by name only, and that only when it is trusted", () => {
    const fromWorkspace = Object.entries(properties).filter(([, { scope }]) => scope !== "application");
    assert.deepEqual(
      fromWorkspace.map(([name]) => name).sort(),
      [
        settings.activeEndpoint,
        settings.groupBy,
        settings.pageSize,
        settings.reveal,
        settings.rowFields,
        settings.sortBy,
      ].sort(),
    );
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      settings.activeEndpoint,
    ]);
  });

  it("offers exactly the words that the settings are read by", () => {
    const words = Object.entries(settingWords) as [keyof typeof settingWords, readonly string[]][];
    for (const [name, readable] of words) {
      const property = properties[settings[name]];
      const offered = property?.enum ?? property?.items?.enum ?? [];
      assert.deepEqual(offered.toSorted(), readable.toSorted(), name);
    }
  });

  it("promises no newer VS Code API than the oldest version it runs on", () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"] ?? ""}`);
  });

  it("has two run-time dependencies: one for HTTP, one for CSV", () => {
    assert.deepEqual(Object.keys(manifest.dependencies), ["node-fetch", "papaparse"]);
  });
});
