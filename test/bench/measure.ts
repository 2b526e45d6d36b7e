import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { chooseHost } from "../support/host/chooseHost";
import { packageExtension } from "../support/host/installExtension";
import { projectRoot } from "../support/host/places";
import { runInside } from "../support/host/runInside";
import { versionWanted } from "../support/host/versions";

export type Figures = Readonly<Record<string, number>>;

/** Measures against one server, each time in a process of its own. */
export interface Measure {
  /** Ends in `/`. */
  readonly origin: string;
  /** `list`: our reader; `json` and `drain`: what a program does without it. */
  readonly reading: (kind: Reading, count: number, shape?: string, gzip?: string) => Promise<Figures>;
  readonly calls: (kind: "bulk" | "cancel", count: number) => Promise<Figures>;
}

type Reading = "list" | "json" | "drain";

const run = promisify(execFile);

/** Does something with a server that ends with it. */
export async function withServer<T>(action: (measure: Measure) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [join(__dirname, "server.js")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const origin = `http://127.0.0.1:${Number(line.toString())}/`;
    const measured = async (kind: string, what: string): Promise<Figures> => {
      const script = join(__dirname, "reader.js");
      const args = ["--expose-gc", "--max-old-space-size=8000", script, kind, origin, what];
      return JSON.parse((await run(process.execPath, args)).stdout) as Figures;
    };
    return await action({
      origin,
      reading: (kind, count, shape = "plain", gzip = "no") => {
        const segment = listSegment(count, shape, gzip);
        return measured(kind, kind === "list" ? segment : encodeURIComponent(segment));
      },
      calls: (kind, count) => measured(kind, String(count)),
    });
  } finally {
    server.kill();
  }
}

/** The path of the list below the server's origin. */
export function listSegment(count: number, shape = "plain", gzip = "no"): string {
  return `n=${count}&shape=${shape}&gzip=${gzip}`;
}

/** One reader against the others; each ratio the middle one of three, taken in turn. */
export interface Compared {
  readonly toJson: number;
  readonly toDrain: number;
  /** The last of the three. */
  readonly list: Figures;
  readonly json: Figures;
}

export async function compare(
  { reading }: Measure,
  count: number,
  shape: string,
  withDrain: boolean,
): Promise<Compared> {
  const toJson: number[] = [];
  const toDrain: number[] = [];
  let last: Pick<Compared, "list" | "json"> = { list: {}, json: {} };
  for (let time = 0; time < 3; time++) {
    const list = await reading("list", count, shape);
    const json = await reading("json", count, shape);
    const drain = withDrain ? await reading("drain", count, shape) : {};
    toJson.push((list.wall ?? NaN) / (json.wall ?? NaN));
    toDrain.push((list.wall ?? NaN) / (drain.wall ?? NaN));
    last = { list, json };
  }
  return { toJson: middle(toJson), toDrain: middle(toDrain), ...last };
}

export interface InHost {
  /** Where it ran, for a person. */
  readonly where: string;
  readonly activation: number;
  readonly bulk: readonly Figures[];
  /** Megabytes of heap with a list whose groups are collapsed, and with every row on screen. */
  readonly expanded: { readonly rows: number; readonly collapsed: number; readonly expanded: number };
}

/** A list as long as a person may expand. */
const expandedRows = 20_000;

/** Measures inside the extension host of a real VS Code; a sentence where there is none. */
export async function measureInHost({ origin }: Measure): Promise<InHost | string> {
  const version = versionWanted();
  const host = await chooseHost(version);
  if (host.kind === "none") return `Nothing was measured inside VS Code: ${host.why}.`;
  const file = join(projectRoot, "out", "reports", "bench-in-host.json");
  await runInside(host, join(__dirname, "inHost", "index.js"), {
    DIALLER_BENCH_ORIGIN: origin,
    DIALLER_BENCH_FILE: file,
    DIALLER_BENCH_LIST: listSegment(expandedRows),
    DIALLER_BENCH_COUNT: String(expandedRows),
  });
  const measured = JSON.parse(readFileSync(file, "utf8")) as Omit<InHost, "where">;
  return { where: `VS Code ${version}, ${host.kind}`, ...measured };
}

/** "20,000 rows: 30 MB collapsed, 45 MB expanded". */
export function expandedText({ expanded: { rows, collapsed, expanded } }: InHost): string {
  return `${rows.toLocaleString("en")} rows: ${collapsed.toFixed(0)} MB collapsed, ${expanded.toFixed(0)} MB expanded`;
}

/** Bytes of the bundle and of the package that is installed. */
export async function measureSizes(): Promise<{ bundle: number; vsix: number }> {
  const vsix = join(projectRoot, "out", "dialler-contacts.vsix");
  await packageExtension(projectRoot, vsix);
  return {
    bundle: statSync(join(projectRoot, "dist", "extension.js")).size,
    vsix: statSync(vsix).size,
  };
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
