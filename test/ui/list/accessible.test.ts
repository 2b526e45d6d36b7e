import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "../../support/host/places";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";

/** The reported part of a finding. */
interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const themes = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high contrast": "Default High Contrast",
  "light high contrast": "Default High Contrast Light",
};

/** What is drawn by us: the rows, texts and buttons of our views, and what is ours in the status bar. */
const ours = [".sidebar .pane-body", ".statusbar-item[id^='dialler']"];

/**
 * What the workbench builds around rows, the same for every extension; and that a row is heard in the words that are
 * seen, in their order: here its state is heard first.
 */
const ofTheWorkbench = [
  "scrollable-region-focusable",
  "aria-required-children",
  "nested-interactive",
  "aria-command-name",
  "label-content-name-mismatch",
];

describe("a person who cannot see colours, or sees nothing", () => {
  for (const [name, theme] of Object.entries(themes))
    describe(`in the ${name} theme`, () => {
      let workbench: Workbench;

      before(async () => {
        workbench = await openWorkbench({ settings: { "workbench.colorTheme": theme } });
        await workbench.openView();
        await workbench.contacts.clickWelcome("Try the Demo Dialler");
        await workbench.contacts.rowsWhen((rows) => rows.length === 5);
        await workbench.contacts.expand("Customer Survey 2026");
        await workbench.contacts.rowsWhen((rows) => rows.length > 10);
        await workbench.contacts.contextMenu("Brandt, Sönke", "Lock Contact");
        await workbench.activity.expandView();
        await workbench.activity.rowsWhen((rows) => rows.length > 0);
        await workbench.contacts.select("Brandt, Sönke");
        await workbench.movePointerAway();
      });

      after(() => workbench.close());

      it("finds no serious fault in the views", async () => {
        await workbench.screenshot(`theme-${name.replaceAll(" ", "-")}`);
        const load = createRequire(join(projectRoot, "package.json"));
        await workbench.page.evaluate(await readFile(load.resolve("axe-core/axe.min.js"), "utf8"));
        const context = JSON.stringify({ include: ours.map((selector) => [selector]) });
        const disabled = Object.fromEntries(ofTheWorkbench.map((rule) => [rule, { enabled: false }]));
        const found: unknown = await workbench.page.evaluate(
          `axe.run(${context}, { rules: ${JSON.stringify(disabled)} }).then(({ violations }) => violations)`,
        );
        const serious = (found as Finding[]).filter(({ impact }) => /serious|critical/.test(impact));
        assert.deepEqual(
          serious.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n  ")}`,
          ),
          [],
        );
      });

      it("hears the state of a contact before its name, and its ID", async () => {
        const row = await workbench.contacts.row("Brandt, Sönke");
        assert.match((await row.getAttribute("aria-label")) ?? "", /^Locked\. Brandt, Sönke\. ID \d+/);
      });
    });
});
