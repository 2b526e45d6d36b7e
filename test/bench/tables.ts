import { measureCurlAndJq, missingProgram } from "./curlAndJq";
import { concurrency, latencyMs } from "./latency";
import {
  compare,
  expandedText,
  type Figures,
  listSegment,
  measureInHost,
  measureSizes,
  type Measure,
} from "./measure";
import { bytes, ms, ratio, tableOf } from "./print";

const sizes = [10_000, 100_000, 300_000, 500_000];
const compared = 100_000;
const locks = 1000;

/** The full form: everything that is measured, as Markdown. */
export async function tables(measure: Measure): Promise<string> {
  const lists = await listTables(measure);
  const readers = await readerTable(measure);
  return [...lists, ...readers, await callTable(measure)].join("\n\n");
}

async function listTables({ reading }: Measure): Promise<string[]> {
  const loading: string[][] = [];
  const afterwards: string[][] = [];
  for (const count of sizes) {
    for (const gzip of ["no", "yes"]) {
      const m = await reading("list", count, "plain", gzip);
      const title = [count.toLocaleString("en"), gzip === "yes" ? "gzip" : "plain"];
      const peak = (m.peak ?? NaN).toFixed(0);
      loading.push([
        ...title,
        ms(m.wall),
        ms(m.first),
        ms(m.first200),
        ms(m.block),
        String(m.perContact),
        peak,
      ]);
      if (gzip === "yes") continue;
      const filters = ["frequent", "rare", "number"].map((name) => filterCell(m, name));
      afterwards.push([...title.slice(0, 1), ms(m.sort), ms(m.sortBlock), ...filters, ms(m.page)]);
    }
  }
  const filterHeads = ["filter `gmbh`", "filter `zzz`", "filter `+4930`"];
  return [
    tableOf(
      ["contacts", "encoding", "wall", "first", "first 200", "longest block", "B a contact", "peak MB"],
      loading,
    ),
    "Filters: milliseconds to the first page (or, where fewer match, to the first matches), to the end, and the longest block. Sort is by company, then name; hardly two contacts have one name.",
    tableOf(["contacts", "sort", "its block", ...filterHeads, "page of 500"], afterwards),
  ];
}

function filterCell(figures: Figures, name: string): string {
  return ["First", "End", "Block"].map((figure) => Math.round(figures[name + figure] ?? NaN)).join(" / ");
}

async function readerTable(measure: Measure): Promise<string[]> {
  const rows: string[][] = [];
  let ours: Figures = {};
  for (const shape of ["plain", "noNulls", "rotated", "shuffled"]) {
    const { toJson, toDrain, list, json } = await compare(measure, compared, shape, true);
    if (shape === "plain") ours = list;
    rows.push([shape, ratio(toJson), ratio(toDrain), `${megabytes(list)} / ${megabytes(json)}`]);
  }
  const title = `${compared.toLocaleString("en")} contacts, median of three`;
  return [
    tableOf([title, "of response.json()", "of draining", "peak MB against json()"], rows),
    await curlSentence(measure, ours),
  ];
}

async function curlSentence({ origin }: Measure, ours: Figures): Promise<string> {
  const missing = missingProgram();
  if (missing !== undefined) return `Not compared with \`curl | jq\`: ${missing} is not installed here.`;
  const theirs = await measureCurlAndJq(origin + encodeURIComponent(listSegment(compared)));
  const faster = theirs.wall / (ours.wall ?? NaN);
  const memory = (ours.peak ?? NaN) / theirs.peak;
  return `\`curl | jq -c .records[]\` takes ${ratio(faster)} times as long for the plain list (${ms(theirs.wall)}) and ${theirs.peak.toFixed(0)} MB, of which our reader takes ${ratio(memory)}.`;
}

async function callTable(measure: Measure): Promise<string> {
  const stopped = await measure.calls("cancel", compared);
  const bulk = await measure.calls("bulk", locks);
  const inHost = await measureInHost(measure);
  const { bundle, vsix } = await measureSizes();
  const bulkCell = ({ ofCeiling = NaN, connections = NaN }: Figures): string =>
    `${ratio(ofCeiling)}, over ${connections} connections`;
  const ceiling = `locks a second / (${concurrency} / ${latencyMs} ms)`;
  const rows = [
    [`${ceiling}, Node`, bulkCell(bulk)],
    ...(typeof inHost === "string"
      ? [["inside VS Code", inHost]]
      : [
          [`${ceiling}, ${inHost.where}`, inHost.bulk.map(bulkCell).join("; ")],
          [`activation, ${inHost.where}`, ms(inHost.activation)],
          [`heap, ${inHost.where}`, expandedText(inHost)],
        ]),
    ["a list stopped while loading", `${ms(stopped.ms)}; ${stopped.kept ?? "-"} contacts stay`],
    ["bundle / VSIX", `${bytes(bundle)} / ${bytes(vsix)}`],
  ];
  return tableOf(["what else", "measured"], rows);
}

function megabytes({ peak = NaN }: Figures): string {
  return peak.toFixed(0);
}
