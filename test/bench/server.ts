// A dialler that sends one long list as fast as a socket takes it, in a process of its own. Prints its port.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { hashOf } from "../../src/demo/dice";
import { demoContacts } from "../../src/demo/demoContacts";

const blockRecords = 2000;
const firstId = 10_000_000;
const shapes = ["plain", "noNulls", "rotated", "shuffled"] as const;
type Shape = (typeof shapes)[number];

/** The text of a block of records, and where the eight digits of each ID stand in it. */
function blockOf(shape: Shape): { readonly text: Buffer; readonly ids: readonly number[] } {
  const records = demoContacts(blockRecords).map((record, index) => {
    const members: [string, unknown][] = Object.entries({ ...record, ID: firstId + index });
    const kept = shape === "noNulls" ? members.filter(([, value]) => value !== null) : members;
    if (shape === "shuffled") return Object.fromEntries(shuffled(kept, index));
    const turn = shape === "rotated" ? (index * 37) % kept.length : 0;
    return Object.fromEntries([...kept.slice(turn), ...kept.slice(0, turn)]);
  });
  const text = Buffer.from(JSON.stringify(records).slice(1, -1));
  const ids: number[] = [];
  for (let index = 0; index < records.length; index++) {
    ids.push(text.indexOf(`"ID":${firstId + index}`, ids.at(-1) ?? 0) + 5);
  }
  return { text, ids };
}

/** In another order for each seed, and the same for the same one. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const hashed = items.map((item, place) => ({ item, hash: hashOf(`${seed} ${place}`) }));
  return hashed.sort((a, b) => a.hash - b.hash).map(({ item }) => item);
}

/** Each block with IDs of its own, so that no contact comes twice. */
function* bodyOf(count: number, shape: Shape): Generator<Buffer> {
  const { text, ids } = blockOf(shape);
  yield Buffer.from('{"filter":"","records":[');
  for (let sent = 0; sent < count; sent += blockRecords) {
    const block = Buffer.from(text);
    for (const [index, place] of ids.entries()) block.write(String(firstId + sent + index), place, "latin1");
    if (sent > 0) yield Buffer.from(",");
    yield block;
  }
  yield Buffer.from(`],"count":${count},"status":200}`);
}

const server = createServer((request, response) => {
  const [, count = "0", shape = "plain", packed = "no"] =
    /n=(\d+)&shape=(\w+)&gzip=(\w+)/.exec(decodeURIComponent(request.url ?? "")) ?? [];
  const known = shapes.find((one) => one === shape) ?? "plain";
  const zipped = packed === "yes";
  response.writeHead(200, {
    "Content-Type": "application/json",
    ...(zipped ? { "Content-Encoding": "gzip" } : {}),
  });
  const body = Readable.from(bodyOf(Number(count), known), { objectMode: false });
  const sent = zipped ? pipeline(body, createGzip({ level: 1 }), response) : pipeline(body, response);
  sent.catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : 0);
});
