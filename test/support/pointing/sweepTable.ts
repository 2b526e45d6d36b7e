/** A case of the sweep: what ran the command and whether it passed, or why there is no such case. */
export type Cell = { readonly result: string } | { readonly why: string };

/** What the sweep found, as a table in plain text: a line per command, a column per way. */
export class SweepTable {
  readonly #cells: ReadonlyMap<string, Map<string, Cell>>;

  constructor(
    commands: readonly string[],
    private readonly ways: readonly string[],
  ) {
    this.#cells = new Map(commands.map((command) => [command, new Map<string, Cell>()]));
  }

  note(command: string, way: string, cell: Cell): void {
    this.#cells.get(command)?.set(way, cell);
  }

  text(): string {
    const reasons = new Map<string, string>();
    const cellText = (cell: Cell | undefined): string => {
      if (cell === undefined) return "not run";
      if ("result" in cell) return cell.result;
      const mark = reasons.get(cell.why) ?? `(${reasons.size + 1})`;
      reasons.set(cell.why, mark);
      return mark;
    };
    const rows = [...this.#cells].map(([command, cells]) => [
      command,
      ...this.ways.map((way) => cellText(cells.get(way))),
    ]);
    const all = [["", ...this.ways.map((_, at) => String.fromCharCode(65 + at))], ...rows];
    const widths = this.ways.map((_, at) => Math.max(...all.map((row) => row[at + 1]?.length ?? 0)));
    const first = Math.max(...all.map(([command = ""]) => command.length));
    const line = ([command = "", ...cells]: readonly string[]): string =>
      [command.padEnd(first), ...cells.map((cell, at) => cell.padEnd(widths[at] ?? 0))].join("  ").trimEnd();
    return [
      ...this.ways.map((way, at) => `${String.fromCharCode(65 + at)}: ${way}`),
      "",
      ...all.map(line),
      "",
      ...[...reasons].map(([why, mark]) => `${mark} ${why}`),
    ].join("\n");
  }
}
