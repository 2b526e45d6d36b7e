import { concurrency, latencyMs } from "./latency";
import {
  compare,
  expandedText,
  type Figures,
  measureInHost,
  measureSizes,
  type Measure,
  middle,
} from "./measure";
import { bytes, ms } from "./print";

/** Figures to reach. A shared machine gets half as much again for a ratio; a size is the same everywhere. */
const leeway = 1.5;
const mostOfJson: Readonly<Record<string, number>> = { plain: 0.6, noNulls: 1.2, shuffled: 1.2 };
const leastOfCeiling = 0.7;
const largestVsix = 300_000;

const contacts = 50_000;
const locks = 400;

/** The short form: only ratios and the size of the package decide, the rest is printed. Whether all are reached. */
export async function gate(measure: Measure): Promise<boolean> {
  const reached: boolean[] = [];
  const check = (what: string, isReached: boolean): void => {
    console.log(`${isReached ? "reached" : "MISSED "}  ${what}`);
    reached.push(isReached);
  };
  const checkBulk = (where: string, runs: readonly Figures[]): void => {
    const ratio = middle(runs.map(({ ofCeiling = NaN }) => ofCeiling));
    const least = leastOfCeiling / leeway;
    const over = Math.max(...runs.map(({ connections = NaN }) => connections));
    check(
      `${locks} locks, ${where}: ${ratio.toFixed(2)} of ${concurrency} in ${latencyMs} ms; at least ${least.toFixed(2)} (over ${over} connections)`,
      ratio >= least,
    );
  };

  for (const [shape, figure] of Object.entries(mostOfJson)) {
    const { toJson, list } = await compare(measure, contacts, shape, false);
    const most = leeway * figure;
    check(
      `${contacts.toLocaleString("en")} contacts, ${shape}: ${toJson.toFixed(2)} of response.json(); at most ${most.toFixed(2)}`,
      toJson <= most,
    );
    console.log(
      `         first contact ${ms(list.first)}, longest block ${ms(list.block)}, ${list.perContact ?? "-"} B a contact`,
    );
  }
  const runs: Figures[] = [];
  for (let time = 0; time < 3; time++) runs.push(await measure.calls("bulk", locks));
  checkBulk("Node", runs);
  const stopped = await measure.calls("cancel", 2 * contacts);
  console.log(`         a list stopped after ${ms(stopped.ms)}, ${stopped.kept ?? "-"} contacts kept`);
  const inHost = await measureInHost(measure);
  if (typeof inHost === "string") console.log(`         ${inHost}`);
  else {
    checkBulk(inHost.where, inHost.bulk);
    console.log(`         activation ${ms(inHost.activation)}`);
    console.log(`         heap with ${expandedText(inHost)}`);
  }
  const { bundle, vsix } = await measureSizes();
  check(`VSIX ${bytes(vsix)}; at most ${bytes(largestVsix)} (bundle ${bytes(bundle)})`, vsix <= largestVsix);
  return reached.every(Boolean);
}
