// What the calls of a connection are measured by: a run of locks, and the stopping of a long list.
import { Secrets } from "../../src/dialler/api/secrets";
import { runAction } from "../../src/dialler/runs/runAction";
import { readList } from "../../src/dialler/list/readList";
import { type Connection, Connector } from "../../src/dialler/endpoint/connect";
import { Blocks } from "./blocks";
import { concurrency, latencyMs } from "./latency";

async function connect(baseUrl: string): Promise<Connection> {
  const connector = new Connector({
    secrets: new Secrets(),
    log: { debug: () => undefined, trace: () => undefined },
    limits: () => ({ requestSeconds: 30, listSeconds: 300, listMegabytes: 2048, lockField: "" }),
    warn: () => undefined,
  });
  const server = { kind: "server", name: "bench", environment: "test", readOnly: false } as const;
  return connector.connect({ ...server, baseUrl, caFile: undefined }, "bench");
}

/** Locks so many contacts; how near it comes to what the server's latency allows, and over how many connections. */
export async function measureBulk(
  origin: string,
  count: number,
): Promise<{ ofCeiling: number; connections: number; block: number }> {
  const connection = await connect(`${origin}rest/v1.0/7`);
  const items = Array.from({ length: count }, (_, index) => ({ id: index + 1 }));
  const before = await connectionsOf(origin);
  const blocks = new Blocks();
  const startedAt = performance.now();
  const results = await runAction("lock", items, connection.client, {
    concurrency,
    lockField: "",
    cancelled: new AbortController().signal,
    onResult: () => undefined,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const block = blocks.take();
  blocks.end();
  const odd = results.find(({ outcome }) => outcome !== "done");
  if (odd !== undefined) throw new Error(`A lock ended as ${odd.outcome}: ${odd.reason ?? ""}`);
  const ceiling = concurrency / (latencyMs / 1000);
  const connections = (await connectionsOf(origin)) - before;
  return { ofCeiling: count / seconds / ceiling, connections, block };
}

/** Stops a long list once a fifth of it is there: milliseconds until the reading has ended, and what is left. */
export async function measureCancel(origin: string, count: number): Promise<{ ms: number; kept: number }> {
  const connection = await connect(`${origin}n=${count}&shape=plain&gzip=no`);
  const stop = new AbortController();
  let stoppedAt = NaN;
  const { table, stopped } = await readList(connection, undefined, stop.signal, (sofar) => {
    if (sofar.count < count / 5 || stop.signal.aborted) return;
    stoppedAt = performance.now();
    stop.abort();
  });
  if (!stopped) throw new Error("The list ended before it was stopped.");
  return { ms: performance.now() - stoppedAt, kept: table.count };
}

async function connectionsOf(origin: string): Promise<number> {
  return Number(await (await fetch(`${origin}connections`)).text());
}
