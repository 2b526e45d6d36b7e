import * as vscode from "vscode";
import { RunGroupRow, RunItemRow, RunRow } from "../../../dialler/runs/runRow";
import { outlineOf } from "../../../dialler/runs/runOutline";
import { newestFirst, type RunsKept } from "../../../dialler/journal/runsKept";
import type { RunStory } from "../../../dialler/runs/runStory";
import * as l10n from "../../../l10n";
import { views } from "../../../manifest";
import type { Listening } from "../../../signal";
import { runHover, runItem } from "./runTreeItem";
import type { Speech } from "./activityTexts";
import { plainLine, plainText } from "../../shown/plainText";
import { problemItem, ProblemRow, stepItem, StepRow } from "../list/problemRows";
import { runGroupItem, runGroupSize, runItemHover, runItemItem } from "./entryTreeItem";

export type ActivityRow = RunRow | RunGroupRow | RunItemRow | ProblemRow | StepRow;

export interface ActivityPorts {
  readonly history: Pick<RunsKept, "list" | "changed" | "problem">;
  redact(text: string): string;
  /** How long journals are kept on disk. */
  retentionDays(): number;
}

/** What a run's rows are made from, and the rows: the same objects for as long as the run is kept. */
interface ShownRun {
  readonly row: RunRow;
  story: RunStory;
  readonly groups: Map<number, RunGroupRow>;
  readonly items: Map<number, RunItemRow>;
}

/** The Activity view: what was done to contacts, newest first. Nothing is read before somebody looks. */
export class ActivityTree implements vscode.TreeDataProvider<ActivityRow> {
  readonly view: vscode.TreeView<ActivityRow>;
  readonly #changed = new vscode.EventEmitter<ActivityRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listening: Listening;
  readonly #speech: Speech;
  /** By run, in the order shown. */
  #runs = new Map<string, ShownRun>();
  #problem: ProblemRow | undefined;
  #asked = false;
  /** What is shown may be older than what is kept. */
  #stale = true;
  #reading: Promise<void> | undefined;

  constructor(readonly ports: ActivityPorts) {
    this.#speech = { language: vscode.env.language, redact: (text) => ports.redact(text) };
    this.view = vscode.window.createTreeView<ActivityRow>(views.activity, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#listening = ports.history.changed.listen(() => this.#note());
  }

  getTreeItem(row: ActivityRow): vscode.TreeItem {
    if (row instanceof ProblemRow) return problemItem(row);
    if (row instanceof StepRow) return stepItem(row);
    const story = this.#runs.get(row.run)?.story;
    if (story === undefined) return new vscode.TreeItem(l10n.t("No longer kept"));
    if (row instanceof RunRow) return runItem(story, this.#speech);
    if (row instanceof RunGroupRow) return runGroupItem(row, story, this.#speech);
    return runItemItem(row, story, this.#speech);
  }

  resolveTreeItem(item: vscode.TreeItem, row: ActivityRow): vscode.TreeItem {
    if (!(row instanceof RunRow || row instanceof RunItemRow)) return item;
    const story = this.#runs.get(row.run)?.story;
    if (story === undefined) return item;
    item.tooltip =
      row instanceof RunRow
        ? runHover(story, this.ports.retentionDays(), this.#speech)
        : runItemHover(row, story, this.#speech);
    return item;
  }

  getParent(row: ActivityRow): ActivityRow | undefined {
    if (row instanceof StepRow) return this.#problem;
    if (row instanceof RunRow || row instanceof ProblemRow) return undefined;
    const shown = this.#runs.get(row.run);
    if (shown === undefined || row instanceof RunGroupRow) return shown?.row;
    const size = runGroupSize(shown.story);
    if (size === undefined) return shown.row;
    return groupRow(shown, Math.floor(outlineOf(shown.story).order.indexOf(row.item) / size));
  }

  getChildren(row?: ActivityRow): ActivityRow[] | Promise<ActivityRow[]> {
    if (row === undefined) return this.#roots();
    if (row instanceof ProblemRow) return [new StepRow("showLog", undefined)];
    const shown = row instanceof StepRow ? undefined : this.#runs.get(row.run);
    if (shown === undefined || row instanceof RunItemRow) return [];
    const { order } = outlineOf(shown.story);
    const size = runGroupSize(shown.story);
    if (row instanceof RunGroupRow) {
      const start = row.index * (size ?? order.length);
      return order.slice(start, start + (size ?? order.length)).map((item) => itemRow(shown, item));
    }
    if (size === undefined) return order.map((item) => itemRow(shown, item));
    return Array.from({ length: Math.ceil(order.length / size) }, (_, index) => groupRow(shown, index));
  }

  /** What is shown has another look, though nothing has happened. */
  redraw(): void {
    if (this.#asked) this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
    this.view.dispose();
  }

  async #roots(): Promise<ActivityRow[]> {
    this.#asked = true;
    await this.#read();
    const rows = [...this.#runs.values()].map((shown) => shown.row);
    return this.#problem === undefined ? rows : [this.#problem, ...rows];
  }

  /** Where nobody looks, nothing is read: VS Code asks again when the view is shown. */
  #note(): void {
    this.#stale = true;
    if (!this.#asked) return;
    if (this.view.visible) void this.#refresh();
    else this.#changed.fire(undefined);
  }

  /** Draws anew only the runs that have changed, unless runs have come or gone. */
  async #refresh(): Promise<void> {
    const before = new Map([...this.#runs].map(([run, { story }]) => [run, story]));
    const problem = this.#problem;
    await this.#read();
    const runs = [...this.#runs.keys()];
    const isSameList = problem === this.#problem && runs.join("\n") === [...before.keys()].join("\n");
    if (!isSameList) this.#changed.fire(undefined);
    else {
      const rows = [...this.#runs].flatMap(([run, { row, story }]) =>
        story === before.get(run) ? [] : [row],
      );
      if (rows.length > 0) this.#changed.fire(rows);
    }
  }

  /** Until what is read was not overtaken while it was being read. */
  #read(): Promise<void> {
    this.#reading ??= (async () => {
      while (this.#stale) {
        this.#stale = false;
        await this.#take();
      }
    })().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #take(): Promise<void> {
    const { history } = this.ports;
    try {
      const before = this.#runs;
      const stories = newestFirst(await history.list());
      this.#runs = new Map(stories.map((story) => [story.plan.run, shownRun(before, story)]));
      this.#setProblem(history.problem);
    } catch (error) {
      this.#setProblem(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The same object for the same problem, so that its row stays expanded. */
  #setProblem(problem: Error | undefined): void {
    const sentence = problem && plainText(this.ports.redact(plainLine(problem.message)), 500);
    if (sentence === this.#problem?.sentence) return;
    this.#problem = sentence === undefined ? undefined : new ProblemRow(sentence, "showLog", undefined);
  }
}

function shownRun(before: ReadonlyMap<string, ShownRun>, story: RunStory): ShownRun {
  const { run } = story.plan;
  const known = before.get(run);
  if (known === undefined) return { row: new RunRow(run), story, groups: new Map(), items: new Map() };
  known.story = story;
  return known;
}

function groupRow({ row: { run }, groups }: ShownRun, index: number): RunGroupRow {
  let row = groups.get(index);
  if (row === undefined) groups.set(index, (row = new RunGroupRow(run, index)));
  return row;
}

function itemRow({ row: { run }, items }: ShownRun, item: number): RunItemRow {
  let row = items.get(item);
  if (row === undefined) items.set(item, (row = new RunItemRow(run, item)));
  return row;
}
