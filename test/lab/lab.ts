// `npm run lab`: the extension's calls through real nginx and haproxy processes in front of a pretend dialler, and what
// must come of each. `-- --only WORDS` runs the set-ups whose name has these words;
// `--install` first installs what is missing, as root on Debian.
import { mkdtemp, rm } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { atEnd } from "../support/host/atEnd";
import { install, versions, whatIsMissing } from "./programs";
import { headOf, rowOf, runSetUp, type Row } from "./row";
import { answers } from "./setUps/answers";
import { caches } from "./setUps/caches";
import { connections } from "./setUps/connections";
import { limits } from "./setUps/limits";
import { repeats } from "./setUps/repeats";
import { slowServers } from "./setUps/slowServers";
import { tls } from "./setUps/tls";

/** They mostly wait. More at once would measure this computer instead of the limits. */
const atOnce = 5;

const setUps = [...slowServers, ...repeats, ...limits, ...caches, ...answers, ...connections, ...tls];

/** Whether every set-up came out right. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { only: { type: "string" }, install: { type: "boolean" } } });
  if (values.install === true && whatIsMissing() !== undefined) install();
  const missing = whatIsMissing();
  if (missing !== undefined) {
    console.error(missing);
    return false;
  }
  const chosen = setUps.filter(({ name }) => name.includes(values.only ?? ""));
  if (chosen.length === 0) throw new Error("No set-up has these words in its name.");
  const folder = await mkdtemp(join(tmpdir(), "lab-"));
  const forget = atEnd(() => rmSync(folder, { recursive: true, force: true }));
  try {
    console.log(`${versions()}, Node ${process.version}\n\n${headOf()}`);
    const rows = await runAll(chosen, folder);
    const wrong = rows.filter(({ problems }) => problems.length > 0).length;
    console.log(`\n${rows.length - wrong} right, ${wrong} wrong`);
    return wrong === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
    forget();
  }
}

/** A few at once; the rows are printed in the order of the set-ups, each as soon as it may. */
async function runAll(chosen: typeof setUps, folder: string): Promise<readonly Row[]> {
  const begun: Promise<Row>[] = [];
  const active = new Set<Promise<Row>>();
  const printed: Row[] = [];
  const print = async (): Promise<void> => {
    for (let place = 0; place < chosen.length; place++) {
      while (begun[place] === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
      const row = await begun[place];
      if (row === undefined) continue;
      console.log(rowOf(row));
      printed.push(row);
    }
  };
  const printing = print();
  for (const [index, setUp] of chosen.entries()) {
    while (active.size >= atOnce) await Promise.race(active);
    const row = runSetUp(setUp, join(folder, String(index)));
    begun.push(row);
    active.add(row);
    void row.finally(() => active.delete(row));
  }
  await printing;
  return printed;
}

main().then(
  (isFine) => process.exit(isFine ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
