import { faultGroups, faultsIn, untried } from "./faults";

/** A test as a suite reports it. */
export interface TestRun {
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped";
}

const begin = "<!-- reliability -->";
const end = "<!-- /reliability -->";

/** The README with another table between its two marks. */
export function readmeWith(readme: string, table: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The README has no marks ${begin} and ${end}.`);
  return `${readme.slice(0, from)}${begin}\n\n${table}\n\n${readme.slice(to)}`;
}

/** How many rows each group has, how many of them a test has run for, and for how many all such tests have passed. */
export function tableOf(tests: readonly TestRun[]): string {
  const runs = new Map<string, TestRun[]>();
  for (const test of tests)
    for (const id of new Set(faultsIn(test.title))) runs.set(id, [...(runs.get(id) ?? []), test]);
  const ran = (id: string) => (runs.get(id) ?? []).filter(({ outcome }) => outcome !== "skipped");
  const groups = faultGroups.map(({ name, faults }) => {
    const ids = Object.keys(faults);
    const tried = ids.filter((id) => ran(id).length > 0);
    const passed = tried.filter((id) => ran(id).every(({ outcome }) => outcome === "passed"));
    return { cells: [name, ids.length, tried.length, passed.length], faults, tried };
  });
  const sum = (column: number) => groups.reduce((all, { cells }) => all + Number(cells[column]), 0);
  const rows = [
    ["faults", "rows", "tried", "passed"],
    ...groups.map(({ cells }) => cells.map(String)),
    ["**All**", ...[1, 2, 3].map((column) => `**${sum(column)}**`)],
  ];
  const notTried = groups.flatMap(({ faults, tried }) =>
    Object.entries(faults).flatMap(([id, what]) =>
      tried.includes(id) ? [] : [`${id} (${what}${untried[id] === undefined ? "" : `: ${untried[id]}`})`],
    ),
  );
  const sentence = notTried.length === 0 ? "Every row was tried." : `Not tried: ${notTried.join("; ")}.`;
  return `${aligned(rows)}\n\n${sentence}`;
}

/** As the formatter would align it. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rest.map(line)].join("\n");
}
