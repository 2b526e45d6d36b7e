// `npm run bench`: the list reader against what a program does without it, as ratios measured in one run.
// `--short` takes half a minute and gates the ratio; `--save` writes RESULTS.md.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../support/host/places";

const short = process.argv.includes("--short");
const save = process.argv.includes("--save");
const run = promisify(execFile);

type Measured = Readonly<Record<string, number>>;

/** The figure to reach is 0.6; a shared machine gets half as much again. */
const mostOfJson = 0.9;

async function main(): Promise<number> {
  const server = spawn(process.execPath, [join(__dirname, "server.js")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const base = `http://127.0.0.1:${Number(line.toString())}/`;
    const measure = async (kind: string, n: number, shape = "plain", gzip = "no"): Promise<Measured> => {
      const segment = `n=${n}&shape=${shape}&gzip=${gzip}`;
      const args = [
        "--expose-gc",
        "--max-old-space-size=8000",
        join(__dirname, "reader.js"),
        kind,
        base,
        kind === "list" ? segment : encodeURIComponent(segment),
      ];
      const { stdout } = await run(process.execPath, args);
      return JSON.parse(stdout) as Measured;
    };
    return short ? await gate(measure) : await table(measure);
  } finally {
    server.kill();
  }
}

type Measure = (kind: string, n: number, shape?: string, gzip?: string) => Promise<Measured>;

/** Three times each, in turn, and the middle one of the ratios pair by pair. */
async function ratioOf(
  measure: Measure,
  n: number,
  shape = "plain",
): Promise<{ toJson: number; toDrain: number; list: Measured; json: Measured }> {
  const toJson: number[] = [];
  const toDrain: number[] = [];
  let last: { list: Measured; json: Measured } | undefined;
  for (let time = 0; time < 3; time++) {
    const list = await measure("list", n, shape);
    const json = await measure("json", n, shape);
    const drain = await measure("drain", n, shape);
    toJson.push((list.wall ?? NaN) / (json.wall ?? NaN));
    toDrain.push((list.wall ?? NaN) / (drain.wall ?? NaN));
    last = { list, json };
  }
  if (last === undefined) throw new Error("Nothing was measured.");
  return { toJson: middle(toJson), toDrain: middle(toDrain), ...last };
}

async function gate(measure: Measure): Promise<number> {
  const { toJson, toDrain, list } = await ratioOf(measure, 50_000);
  console.log(
    `50,000 contacts: ${toJson.toFixed(2)} of response.json(), ${toDrain.toFixed(2)} of draining; at most ${mostOfJson} of json()`,
  );
  console.log(
    `first contact ${ms(list.first)}, longest block ${ms(list.block)}, ${list.perContact ?? "-"} B a contact`,
  );
  return toJson <= mostOfJson ? 0 : 1;
}

async function table(measure: Measure): Promise<number> {
  const lines = [
    "| contacts | encoding | wall | first | first 200 | longest block | B a contact | peak MB | sort | its block | filter | its block | page of 500 |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
  ];
  for (const n of [10_000, 100_000, 300_000, 500_000]) {
    for (const gzip of ["no", "yes"]) {
      const m = await measure("list", n, "plain", gzip);
      const cells = [
        n.toLocaleString("en"),
        gzip === "yes" ? "gzip" : "plain",
        ms(m.wall),
        ms(m.first),
        ms(m.first200),
        ms(m.block),
        String(m.perContact),
        (m.peak ?? NaN).toFixed(0),
        ms(m.sort),
        ms(m.sortBlock),
        ms(m.filtering),
        ms(m.filterBlock),
        ms(m.page),
      ];
      lines.push(`| ${cells.join(" | ")} |`);
    }
  }
  lines.push(
    "",
    "| 100,000 contacts, median of three | of response.json() | of draining | peak MB against json() |",
    "|---|---|---|---|",
  );
  for (const shape of ["plain", "noNulls", "rotated", "shuffled"]) {
    const { toJson, toDrain, list, json } = await ratioOf(measure, 100_000, shape);
    lines.push(
      `| ${shape} | ${toJson.toFixed(2)} | ${toDrain.toFixed(2)} | ${(list.peak ?? NaN).toFixed(0)} / ${(json.peak ?? NaN).toFixed(0)} |`,
    );
  }
  const text = lines.join("\n");
  console.log(text);
  if (save) {
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
    writeFileSync(
      join(projectRoot, "test", "bench", "RESULTS.md"),
      `# The last full run of \`npm run bench\`\n\n${machine}. The machine is shared: quote ratios, not milliseconds. Filter is \`brandt kiel locked:yes\`, which few match; sort is by company.\n\n${text}\n`,
    );
  }
  return 0;
}

function ms(value: number | undefined): string {
  return value === undefined ? "-" : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
