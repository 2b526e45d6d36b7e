// One measurement, in a process of its own so that its peak of memory is its own. Prints one line of JSON.
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import fetch from "node-fetch";
import { readPackedContacts } from "../../src/dialler/api/scan/recordReader";
import { exchange } from "../../src/dialler/api/http/exchange";
import { readFilter } from "../../src/dialler/list/contactFilter";
import { ContactList } from "../../src/dialler/list/contactList";
import { orderRows } from "../../src/dialler/list/contactOrder";
import { ContactTable } from "../../src/dialler/list/contactTable";
import { Blocks } from "./blocks";
import { measureBulk, measureCancel } from "./calls";

/** `segment` says which list; for a run and for the stopping of a list, how many contacts. */
const [, , kind = "list", base = "", segment = ""] = process.argv;

/** What a person may type: what many contacts have, what few have, and a number. */
const filterTexts = { frequent: "gmbh", rare: "zzz", number: "+4930" };

function kept(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function list(): Promise<object> {
  const before = kept();
  const idleRss = process.memoryUsage().rss;
  const blocks = new Blocks();
  const startedAt = performance.now();
  const reply = await exchange(
    { baseUrl: base, token: "t", log: { debug: () => undefined, trace: () => undefined } },
    { method: "GET", path: [segment], deadlines: { totalMs: 600_000 } },
  );
  const firstByteAt = performance.now();
  const table = new ContactTable();
  let first: number | undefined;
  let first200: number | undefined;
  for await (const { records } of readPackedContacts(reply, Number.MAX_SAFE_INTEGER, "")) {
    table.add(records);
    first ??= performance.now() - firstByteAt;
    if (table.count >= 200) first200 ??= performance.now() - firstByteAt;
  }
  const wall = performance.now() - startedAt;
  const block = blocks.take();
  const contacts = ContactList.of(table);
  const peak = (process.resourceUsage().maxRSS * 1024 - idleRss) / 2 ** 20;
  const perContact = Math.round((kept() - before) / contacts.count);
  blocks.take();
  const sortedAt = performance.now();
  const sorted = await contacts.sorted((rows, order, lockAt) =>
    orderRows(rows, order, lockAt, { sortBy: "company" }),
  );
  const sort = performance.now() - sortedAt;
  const sortBlock = blocks.take();
  const filters: Record<string, number> = {};
  for (const [name, text] of Object.entries(filterTexts)) {
    const { first, end } = await filterBy(sorted, text);
    filters[`${name}First`] = first;
    filters[`${name}End`] = end;
    filters[`${name}Block`] = blocks.take();
  }
  const pageAt = performance.now();
  sorted.slice(0, 500);
  const page = performance.now() - pageAt;
  blocks.end();
  return {
    count: contacts.count,
    wall,
    first,
    first200,
    block,
    peak,
    perContact,
    sort,
    sortBlock,
    page,
    ...filters,
  };
}

/** Milliseconds until the first matches were reported, a page of them where there are so many, and until all were. */
async function filterBy(list: ContactList, text: string): Promise<{ first: number; end: number }> {
  const reading = readFilter(text);
  if (!reading.ok || reading.filter === undefined) throw new Error(`No filter: ${text}`);
  const context = { campaignName: () => undefined, isDuplicate: () => false };
  const startedAt = performance.now();
  let first: number | undefined;
  await list.filtered(reading.filter, context, new AbortController().signal, ({ count }) => {
    if (count > 0) first ??= performance.now() - startedAt;
  });
  const end = performance.now() - startedAt;
  return { first: first ?? end, end };
}

async function whole(): Promise<object> {
  const idleRss = process.memoryUsage().rss;
  const blocks = new Blocks();
  const startedAt = performance.now();
  const response = await fetch(base + segment, { compress: true });
  if (kind === "json") await response.json();
  else await finished((response.body ?? Readable.from([])).on("data", () => undefined));
  const wall = performance.now() - startedAt;
  const block = blocks.take();
  blocks.end();
  return { wall, block, peak: (process.resourceUsage().maxRSS * 1024 - idleRss) / 2 ** 20 };
}

function measured(): Promise<object> {
  switch (kind) {
    case "list":
      return list();
    case "bulk":
      return measureBulk(base, Number(segment));
    case "cancel":
      return measureCancel(base, Number(segment));
    default:
      return whole();
  }
}

void measured().then((figures) => console.log(JSON.stringify(figures)));
