import { faultGroups, faultsIn, untried } from "./faults";

/** A test as a suite reports it. */
export interface TestRun {
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped";
}

const begin = "<!-- reliability -->";
const end = "<!-- /reliability -->";

/** The page with another table between its two marks. */
export function pageWith(page: string, table: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no marks ${begin} and ${end}.`);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

/** How many faults each group has, for how many of them a test has run, and for how many all such tests have passed. */
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
    ["group", "faults", "tested", "passed"],
    ...groups.map(({ cells }) => cells.map(String)),
    ["**All**", ...[1, 2, 3].map((column) => `**${sum(column)}**`)],
  ];
  const notTried = groups.flatMap(({ faults, tried }) =>
    Object.entries(faults).flatMap(([id, what]) =>
      tried.includes(id) ? [] : [`${id} (${what}${untried[id] === undefined ? "" : `: ${untried[id]}`})`],
    ),
  );
  const sentence = notTried.length === 0 ? "Every fault was tested." : `Not tested: ${notTried.join("; ")}.`;
  const [head = [], ...rest] = rows;
  return `${[head, head.map(() => "---"), ...rest].map(lineOf).join("\n")}\n\n${sentence}`;
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
