import assert from "node:assert/strict";
import { type ClientOptions, DiallerClient } from "../../../src/dialler/api/diallerClient";
import type { Access, RequestLog } from "../../../src/dialler/api/http/exchange";
import type { RepeatControl } from "../../../src/dialler/api/repeat";
import type { RecordBatch } from "../../../src/dialler/api/scan/recordReader";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { canonicalBaseUrl } from "../../../src/dialler/api/http/url";
import { type ScriptedServer, type ScriptedServerOptions, startScriptedServer } from "./scriptedServer";
import { token } from "./token";

const silent: RequestLog = { debug: () => undefined, trace: () => undefined };

export function accessTo(typedUrl: string, more: Partial<Access> = {}): Access {
  const base = canonicalBaseUrl(typedUrl);
  assert.ok(base.ok);
  return { baseUrl: base.url, token, log: silent, ...more };
}

export function clientFor(typedUrl: string, more: Partial<ClientOptions> = {}): DiallerClient {
  return new DiallerClient({
    ...accessTo(typedUrl),
    readOnly: false,
    lockField: "",
    limits: { requestSeconds: 5, listSeconds: 5, listMegabytes: 50 },
    ...more,
  });
}

/** A control that waits for nothing and keeps what it was asked for. */
export interface QuickControl extends RepeatControl {
  readonly waits: readonly { readonly ms: number; readonly why: "backOff" | "serverAsked" }[];
  readonly timesBusy: () => number;
}

export function quickControl(more: Partial<RepeatControl> = {}): QuickControl {
  const waits: { ms: number; why: "backOff" | "serverAsked" }[] = [];
  let timesBusy = 0;
  let inARow = 0;
  let asked: number | undefined;
  return {
    cancelled: new AbortController().signal,
    now: () => performance.now(),
    takeRepeat: () => true,
    backOff: (ms) => {
      waits.push({ ms, why: "backOff" });
      return Promise.resolve(true);
    },
    turn: () => Promise.resolve(),
    busy: (askedMs) => {
      timesBusy++;
      asked = askedMs;
    },
    outlastBusy: () => {
      waits.push(asked === undefined ? { ms: 250, why: "backOff" } : { ms: asked, why: "serverAsked" });
      return Promise.resolve(++inARow <= 10);
    },
    answered: () => {
      inARow = 0;
    },
    random: () => 0.5,
    ...more,
    waits,
    timesBusy: () => timesBusy,
  };
}

type Start = (
  handler: ScriptedServerOptions["handler"],
  more?: Omit<ScriptedServerOptions, "handler">,
) => Promise<ScriptedServer>;

/** Starts scripted servers that end with the test; to be called in a `describe`. */
export function scriptedServers(): Start {
  let started: ScriptedServer[] = [];
  afterEach(async () => {
    const servers = started;
    started = [];
    for (const server of servers) await server.stop();
  });
  return async (handler, more = {}) => {
    const server = await startScriptedServer({ handler, ...more });
    started.push(server);
    return server;
  };
}

/** A port of this computer without a listener. */
export async function closedPort(): Promise<number> {
  const server = await startScriptedServer({ handler: () => () => undefined });
  await server.stop();
  return server.port;
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail("it was not rejected");
}

/** Resolves as soon as the condition holds; the time limit of the test is its own. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** All records of a list, batch after batch. */
export async function recordsOf(batches: AsyncIterable<RecordBatch>): Promise<readonly WireRecord[]> {
  const all: WireRecord[] = [];
  for await (const { records } of batches) all.push(...records);
  return all;
}
