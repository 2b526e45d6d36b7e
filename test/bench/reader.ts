// One measurement, in a process of its own so that its peak of memory is its own. Prints one line of JSON.
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import fetch from "node-fetch";
import { readContacts } from "../../src/api/recordReader";
import { exchange } from "../../src/api/exchange";
import { readFilter } from "../../src/contacts/contactFilter";
import { ContactList } from "../../src/contacts/contactList";
import { orderRows } from "../../src/contacts/contactOrder";
import { ContactTable } from "../../src/contacts/contactTable";

const [, , kind = "list", base = "", segment = ""] = process.argv;

/** Milliseconds of the longest stretch in which nothing else had a turn. */
class Blocks {
  #last = performance.now();
  #longest = 0;
  readonly #timer = setInterval(() => this.look(), 1);

  look(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** The longest since the last time it was asked for. */
  take(): number {
    this.look();
    const longest = this.#longest;
    this.#longest = 0;
    return Math.round(longest);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

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
  for await (const { records } of readContacts(reply, Number.MAX_SAFE_INTEGER, "")) {
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
  const sorted = await contacts.sorted((rows, order, lockAt) => orderRows(rows, order, lockAt, "company"));
  const sort = performance.now() - sortedAt;
  const sortBlock = blocks.take();
  const filter = readFilter("brandt kiel locked:yes");
  const filteredAt = performance.now();
  if (filter.ok && filter.filter !== undefined) {
    const context = { campaignName: () => undefined, isDuplicate: () => false };
    await sorted.filtered(filter.filter, context, new AbortController().signal, () => undefined);
  }
  const filtering = performance.now() - filteredAt;
  const filterBlock = blocks.take();
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
    filtering,
    filterBlock,
    page,
  };
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

void (kind === "list" ? list() : whole()).then((measured) => console.log(JSON.stringify(measured)));
