// A dialler that sends one long list as fast as a socket takes it, and takes its time for changes, in a process of
// its own. Prints its port. Any other request returns the number of connections that changes came over.
import { createServer, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { hashOf } from "../../src/dialler/demo/dice";
import { demoContacts } from "../../src/dialler/demo/demoContacts";
import { latencyMs } from "./latency";

const blockRecords = 2000;
const firstId = 10_000_000;
const shapes = ["plain", "noNulls", "rotated", "shuffled"] as const;
type Shape = (typeof shapes)[number];

/** The text of a block of records, and where the eight digits of each ID and the letters of each name stand in it. */
interface Block {
  readonly text: Buffer;
  readonly ids: readonly number[];
  readonly names: readonly number[];
}

function blockOf(shape: Shape): Block {
  const parts: Buffer[] = [];
  const ids: number[] = [];
  const names: number[] = [];
  let start = 0;
  for (const [index, record] of demoContacts(blockRecords).entries()) {
    const part = Buffer.from(JSON.stringify(shaped({ ...record, ID: firstId + index }, shape, index)));
    ids.push(start + behind(part, `"ID":`));
    names.push(start + behind(part, `"Name":"`));
    parts.push(part, Buffer.from(","));
    start += part.length + 1;
  }
  return { text: Buffer.concat(parts, start - 1), ids, names };
}

function behind(part: Buffer, key: string): number {
  const place = part.indexOf(key);
  if (place === -1) throw new Error(`A record has no ${key}.`);
  return place + key.length;
}

function shaped(record: Readonly<Record<string, unknown>>, shape: Shape, index: number): object {
  const members = Object.entries(record);
  const kept = shape === "noNulls" ? members.filter(([, value]) => value !== null) : members;
  if (shape === "shuffled") return Object.fromEntries(shuffled(kept, index));
  const turn = shape === "rotated" ? (index * 37) % kept.length : 0;
  return Object.fromEntries([...kept.slice(turn), ...kept.slice(0, turn)]);
}

/** In another order for each seed, and the same for the same one. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const hashed = items.map((item, place) => ({ item, hash: hashOf(`${seed} ${place}`) }));
  return hashed.sort((a, b) => a.hash - b.hash).map(({ item }) => item);
}

/** Each block with IDs and names of its own, so that no contact comes twice and few share a name. */
function* bodyOf(count: number, shape: Shape): Generator<Buffer> {
  const { text, ids, names } = blockOf(shape);
  yield Buffer.from('{"filter":"","records":[');
  for (let sent = 0; sent < count; sent += blockRecords) {
    const block = Buffer.from(text);
    for (const [index, place] of ids.entries()) block.write(String(firstId + sent + index), place, "latin1");
    for (const place of names) rename(block, place, sent / blockRecords);
    if (sent > 0) yield Buffer.from(",");
    yield block;
  }
  yield Buffer.from(`],"count":${count},"status":200}`);
}

/** Turns the first two letters of a name into others for each block; what begins otherwise stays. */
function rename(block: Buffer, place: number, turn: number): void {
  const two = block.toString("latin1", place, place + 2);
  if (!/^[A-Z][a-z]$/.test(two)) return;
  block[place] = 0x41 + ((block.readUInt8(place) - 0x41 + turn) % 26);
  block[place + 1] = 0x61 + ((block.readUInt8(place + 1) - 0x61 + Math.floor(turn / 26)) % 26);
}

function sendList(response: ServerResponse, [count, shape, packed]: readonly string[]): void {
  const known = shapes.find((one) => one === shape) ?? "plain";
  const zipped = packed === "yes";
  response.writeHead(200, {
    "Content-Type": "application/json",
    ...(zipped ? { "Content-Encoding": "gzip" } : {}),
  });
  const body = Readable.from(bodyOf(Number(count), known), { objectMode: false });
  const sent = zipped ? pipeline(body, createGzip({ level: 1 }), response) : pipeline(body, response);
  sent.catch(() => response.destroy());
}

/** The connections over which changes came. */
const connections = new Set<unknown>();
const server = createServer((request, response) => {
  const [, ...asked] = /n=(\d+)&shape=(\w+)&gzip=(\w+)/.exec(decodeURIComponent(request.url ?? "")) ?? [];
  if (asked.length > 0) sendList(response, asked);
  else if (request.method === "PATCH") {
    connections.add(request.socket);
    setTimeout(() => response.end('{"status":200}'), latencyMs);
  } else response.end(String(connections.size));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : 0);
});
