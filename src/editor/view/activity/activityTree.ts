import * as vscode from "vscode";
import { newestFirst, type RunsKept } from "../../../dialler/journal/runsKept";
import { outlineOf } from "../../../dialler/runs/runOutline";
import type { RunSnapshot } from "../../../dialler/runs/runSnapshot";
import * as l10n from "../../../l10n";
import { views } from "../../../manifest";
import type { Listening } from "../../../signal";
import { plainLine, plainText } from "../../shown/plainText";
import { ProblemRow, StepRow } from "../list/problemRows";
import { problemTreeItem, stepTreeItem } from "../list/problemTreeItem";
import type { Speech } from "./activityTexts";
import { entryGroupSize, entryGroupTreeItem, entryHover, entryTreeItem } from "./entryTreeItem";
import { EntryGroupRow, EntryRow, RunRow } from "./runRows";
import { runHover, runTreeItem } from "./runTreeItem";

export type ActivityRow = RunRow | EntryGroupRow | EntryRow | ProblemRow | StepRow;

export interface ActivityPorts {
  readonly history: Pick<RunsKept, "list" | "changed" | "problem">;
  redact(text: string): string;
  /** How long journals are kept on disk. */
  retentionDays(): number;
}

/** A run and its rows; the rows stay the same objects as long as the run is kept. */
interface ShownRun {
  readonly row: RunRow;
  snapshot: RunSnapshot;
  readonly groups: Map<number, EntryGroupRow>;
  readonly items: Map<number, EntryRow>;
}

/** The Activity view: the runs, newest first. Nothing is read before the view is shown. */
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
  /** The rows may be older than the history. */
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
    if (row instanceof ProblemRow) return problemTreeItem(row);
    if (row instanceof StepRow) return stepTreeItem(row);
    const snapshot = this.#runs.get(row.run)?.snapshot;
    if (snapshot === undefined) return new vscode.TreeItem(l10n.t("No longer kept"));
    if (row instanceof RunRow) return runTreeItem(snapshot, this.#speech);
    if (row instanceof EntryGroupRow) return entryGroupTreeItem(row, snapshot);
    return entryTreeItem(row, snapshot, this.#speech);
  }

  resolveTreeItem(item: vscode.TreeItem, row: ActivityRow): vscode.TreeItem {
    if (!(row instanceof RunRow || row instanceof EntryRow)) return item;
    const snapshot = this.#runs.get(row.run)?.snapshot;
    if (snapshot === undefined) return item;
    item.tooltip =
      row instanceof RunRow
        ? runHover(snapshot, this.ports.retentionDays(), this.#speech)
        : entryHover(row, snapshot, this.#speech);
    return item;
  }

  getParent(row: ActivityRow): ActivityRow | undefined {
    if (row instanceof StepRow) return this.#problem;
    if (row instanceof RunRow || row instanceof ProblemRow) return undefined;
    const shown = this.#runs.get(row.run);
    if (shown === undefined || row instanceof EntryGroupRow) return shown?.row;
    const size = entryGroupSize(shown.snapshot);
    if (size === undefined) return shown.row;
    return groupRow(shown, Math.floor(outlineOf(shown.snapshot).order.indexOf(row.item) / size));
  }

  getChildren(row?: ActivityRow): ActivityRow[] | Promise<ActivityRow[]> {
    if (row === undefined) return this.#roots();
    if (row instanceof ProblemRow) return [new StepRow("showLog", undefined)];
    const shown = row instanceof StepRow ? undefined : this.#runs.get(row.run);
    if (shown === undefined || row instanceof EntryRow) return [];
    const { order } = outlineOf(shown.snapshot);
    const size = entryGroupSize(shown.snapshot);
    if (row instanceof EntryGroupRow) {
      const start = row.index * (size ?? order.length);
      return order.slice(start, start + (size ?? order.length)).map((item) => itemRow(shown, item));
    }
    if (size === undefined) return order.map((item) => itemRow(shown, item));
    return Array.from({ length: Math.ceil(order.length / size) }, (_, index) => groupRow(shown, index));
  }

  /** Redraws all rows, for a change of how they look. */
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

  /** While the view is hidden nothing is read: VS Code asks again when it is shown. */
  #note(): void {
    this.#stale = true;
    if (!this.#asked) return;
    if (this.view.visible) void this.#refresh();
    else this.#changed.fire(undefined);
  }

  /** Redraws only the runs that have changed, unless runs were added or removed. */
  async #refresh(): Promise<void> {
    const before = new Map([...this.#runs].map(([run, { snapshot }]) => [run, snapshot]));
    const problem = this.#problem;
    await this.#read();
    const runs = [...this.#runs.keys()];
    const isSameList = problem === this.#problem && runs.join("\n") === [...before.keys()].join("\n");
    if (!isSameList) this.#changed.fire(undefined);
    else {
      const rows = [...this.#runs].flatMap(([run, { row, snapshot }]) =>
        snapshot === before.get(run) ? [] : [row],
      );
      if (rows.length > 0) this.#changed.fire(rows);
    }
  }

  /** Reads again if the history changed during the read. */
  #read(): Promise<void> {
    this.#reading ??= (async () => {
      while (this.#stale) {
        this.#stale = false;
        await this.#readOnce();
      }
    })().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    const { history } = this.ports;
    try {
      const before = this.#runs;
      const snapshots = newestFirst(await history.list());
      this.#runs = new Map(snapshots.map((snapshot) => [snapshot.plan.run, shownRun(before, snapshot)]));
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

function shownRun(before: ReadonlyMap<string, ShownRun>, snapshot: RunSnapshot): ShownRun {
  const { run } = snapshot.plan;
  const known = before.get(run);
  if (known === undefined) return { row: new RunRow(run), snapshot, groups: new Map(), items: new Map() };
  known.snapshot = snapshot;
  return known;
}

function groupRow({ row: { run }, groups }: ShownRun, index: number): EntryGroupRow {
  let row = groups.get(index);
  if (row === undefined) groups.set(index, (row = new EntryGroupRow(run, index)));
  return row;
}

function itemRow({ row: { run }, items }: ShownRun, item: number): EntryRow {
  let row = items.get(item);
  if (row === undefined) items.set(item, (row = new EntryRow(run, item)));
  return row;
}
