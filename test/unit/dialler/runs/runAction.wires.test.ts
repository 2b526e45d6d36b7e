import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import type { Change } from "../../../../src/dialler/api/changeRules";
import { monotonicClock, type Clock } from "../../../../src/dialler/api/waits";
import type { EntryResult } from "../../../../src/dialler/runs/outcome";
import { type RunOptions } from "../../../../src/dialler/runs/runAction";
import { verifyEntries } from "../../../../src/dialler/runs/verifyEntries";
import {
  dialler,
  endStartedDiallers,
  outcomesOf,
  run,
  start,
  summed,
} from "../../../support/dialler/checkedRun";
import { quickClock } from "../../../support/dialler/quickClock";
import * as reply from "../../../support/dialler/scriptedReply";
import { oneTo } from "../../../support/dialler/smallDialler";
import { type WireFault, type Wires, wiresOf } from "../../../support/dialler/wires";

/** So many seconds pass in one. */
const times = 40;
const unsettled = /Not deleted \d+ s after the request; the server may still be working on it/;

describe("runAction on slow servers, through proxies, under limits and behind caches", function () {
  this.timeout(60_000);
  endStartedDiallers();
  let clock: Clock;
  let wires: Wires;
  let written: Set<number>;

  /** A run on contacts from 1 on. A request has 60 s unless said otherwise, because a busy machine takes long. */
  const runOn = async (
    change: Change,
    count: number,
    faults: readonly WireFault[],
    options: Partial<RunOptions> & { readonly seconds?: number } = {},
  ): Promise<EntryResult[]> => {
    clock = options.clock ?? quickClock(times);
    wires = wiresOf(faults, clock);
    written = new Set();
    await start(
      oneTo(count).map((ID) => ({ ID, bLocked: change === "unlock" })),
      wires.script,
    );
    const seconds = options.seconds ?? 60;
    const { client } = await dialler.connect({}, { requestSeconds: seconds / times });
    return run(
      change,
      dialler.plan(oneTo(count)),
      {
        clock,
        intent: (index) => {
          written.add(index);
          return Promise.resolve();
        },
        ...options,
      },
      client,
    );
  };
  const sent = (change: Change): number => dialler.heard.filter(({ kind }) => kind === change).length;

  it("never calls a deletion failed that a slow server carries out after its deadline (T1)", async () => {
    const results = await runOn("delete", 3, [{ kinds: ["delete"], appliedAfterMs: 9000 }], { seconds: 3 });
    assert.deepEqual(summed(results), { gone: 3 });
    await wires.applied();
    assert.equal(dialler.contacts.size, 0);
    assert.ok(sent("delete") <= 6);
    // Whatever was reported: the record was written down before the request left.
    assert.equal(written.size, 3);
  });

  it("does not know of one that takes longer than it looks, which verifying later shows (T1)", async () => {
    const results = await runOn("delete", 3, [{ kinds: ["delete"], appliedAfterMs: 75_000 }], { seconds: 3 });
    assert.deepEqual(summed(results), { unknown: 3 });
    for (const { reason } of results) assert.match(reason ?? "", unsettled);
    assert.deepEqual(await verified("delete", results), ["unknown", "unknown", "unknown"]);
    await wires.applied();
    assert.deepEqual(await verified("delete", results), ["gone", "gone", "gone"]);
  });

  for (const change of ["delete", "lock", "unlock"] as const) {
    it(`settles what a proxy answers with 504 before the server has done it: ${change} (T2)`, async () => {
      const lost = { delayMs: 1000, status: 504, appliedAfterMs: 5000 };
      const faults = [{ kinds: [change], ...lost }];
      const results = await runOn(change, 3, faults, { concurrency: 2 });
      assert.deepEqual(summed(results), change === "delete" ? { gone: 3 } : { done: 3 });
      await wires.applied();
    });

    it(`does not know what the server never does after a 504: ${change}`, async () => {
      const results = await runOn(change, 3, [{ kinds: [change], status: 504 }]);
      assert.deepEqual(summed(results), { unknown: 3 });
      assert.equal(sent(change), 6);
      // The first reading, or two; then six looks at all three in one request each.
      const looks = dialler.heard.filter(({ kind }) => kind === "batch").length;
      assert.ok(looks >= 6 && looks <= 6 * 3 + 1, `${looks} looks`);
    });
  }

  for (const { silentAfterMs, pauseMs, concurrency } of [
    { silentAfterMs: 1200, pauseMs: 1300, concurrency: 8 },
    { silentAfterMs: 500, pauseMs: 700, concurrency: 2 },
  ]) {
    it(`does every lock where idle connections end without a word after ${silentAfterMs / 1000} s (C02)`, async () => {
      const lastUsed = new WeakMap<Duplex, number>();
      let lost = 0;
      await start(200, (_, ordinary) => (socket, reader) => {
        if (performance.now() - (lastUsed.get(socket) ?? Infinity) > silentAfterMs) {
          lost++;
          return reply.hang()(socket, reader);
        }
        lastUsed.set(socket, performance.now());
        return ordinary()(socket, reader);
      });
      const { client } = await dialler.connect({}, { requestSeconds: 0.4 });
      let paused = Promise.resolve(true);
      const intent = async (index: number): Promise<void> => {
        if (index % 50 === 49) paused = monotonicClock.wait(pauseMs);
        await paused;
      };
      const options = { clock: monotonicClock, concurrency, intent };
      const results = await run("lock", dialler.plan(oneTo(200)), options, client);
      assert.deepEqual(summed(results), { done: 200 });
      assert.equal(sent("lock"), 200 + lost);
      // A connection that was idle for a second is not used; a repeat has one of its own.
      assert.equal(lost > 0, silentAfterMs < 1000);
    });
  }

  it("goes on while it looks: the others are not held up", async () => {
    const finished: number[] = [];
    const results = await runOn("delete", 40, [{ kinds: ["delete"], ids: [1], status: 504 }], {
      concurrency: 1,
      onResult: ({ id }) => void finished.push(id ?? 0),
    });
    assert.deepEqual(summed(results), { done: 39, unknown: 1 });
    assert.ok(finished.indexOf(1) > 3, finished.join());
  });

  it("looks one by one where the server has no batch read, asking caches for the server's own answer", async () => {
    const faults = [
      { kinds: ["batch"] as const, status: 403 },
      { kinds: ["delete"] as const, status: 504, appliedAfterMs: 6000 },
    ];
    const results = await runOn("delete", 3, faults);
    assert.deepEqual(summed(results), { gone: 3 });
    assert.equal(sent("delete"), 6);
    assert.equal(dialler.heard.filter(({ kind }) => kind === "batch").length, 1);
    for (const { kind, request } of dialler.heard.filter(({ kind }) => kind === "read")) {
      assert.equal(request.headers["cache-control"], "no-cache", kind);
      assert.equal(request.headers.pragma, "no-cache");
    }
  });

  it("knows a lock as unknown after its repeat, without looks, where the record shows none", async () => {
    clock = quickClock(times);
    wires = wiresOf([{ kinds: ["lock"], status: 504 }], clock);
    await start([{ ID: 1, bLocked: undefined }], wires.script);
    const results = await run("lock", dialler.plan([1]), { clock });
    assert.deepEqual(outcomesOf(results), ["unknown"]);
    assert.deepEqual(
      dialler.heard.map(({ kind }) => kind),
      ["lock", "lock", "read"],
    );
  });

  it("looks once at once when it is cancelled while it settles, and not at all after a second Cancel (T3)", async () => {
    for (const isSecond of [false, true]) {
      const cancel = new AbortController();
      const abort = new AbortController();
      let before = 0;
      const stopping = (): void => {
        before = dialler.heard.length;
        cancel.abort();
        if (isSecond) abort.abort();
      };
      const results = await runOn("delete", 8, [{ kinds: ["delete"], status: 504, appliedAfterMs: 60_000 }], {
        cancelled: cancel.signal,
        abort: abort.signal,
        concurrency: 1,
        onPace: undefined,
        intent: (index) => {
          if (index === 2) setTimeout(stopping, 0);
          return Promise.resolve();
        },
      });
      const counts = summed(results);
      assert.equal((counts.unknown ?? 0) + (counts.notAttempted ?? 0), 8);
      assert.ok((counts.unknown ?? 0) >= 2);
      assert.ok(results.slice(0, 2).every(({ outcome }) => outcome === "unknown"));
      const after = dialler.heard.slice(before).map(({ kind }) => kind);
      const looks = after.filter((kind) => kind === "batch").length;
      // One may have been under way already.
      assert.ok(isSecond ? looks === 0 : looks === 1 || looks === 2, after.join(" "));
      await wires.applied();
      assert.ok(!dialler.contacts.has(1) && !dialler.contacts.has(2));
      const unknown = results.filter(({ outcome }) => outcome === "unknown");
      // The second Cancel may have ended a request before it arrived, or while it does.
      const held = unknown.map(({ id = 0 }) => dialler.contacts.has(id));
      const found = await verified("delete", unknown);
      for (const [index, { id = 0 }] of unknown.entries()) {
        const isThere = dialler.contacts.has(id);
        if (isThere === held[index]) assert.equal(found[index], isThere ? "unknown" : "gone", `#${id}`);
      }
    }
  });

  it("sees past a cache with a batch read, and does not know without one (T4)", async () => {
    for (const hasBatch of [true, false]) {
      const faults: WireFault[] = [
        { cached: true },
        { kinds: ["delete"], applied: true, reset: true },
        ...(hasBatch ? [] : [{ kinds: ["batch"] as const, status: 404, page: "" }]),
      ];
      const results = await runOn("delete", 2, faults);
      // The repeat finds nothing to delete, which contradicts what the cache still shows.
      assert.deepEqual(summed(results), hasBatch ? { gone: 2 } : { unknown: 2 }, `batch ${hasBatch}`);
      assert.equal(dialler.contacts.size, 0);
      assert.equal(written.size, 2);
    }
  });

  for (const [row, headers, status] of [
    ["P1", { "Retry-After": "1" }, 429],
    ["P2", {}, 503],
  ] as const) {
    it(`ends as done under a limit of ten a second, ${status} (${row})`, async () => {
      const paces: number[] = [];
      const faults = [{ kinds: ["lock"] as const, perSecond: 10, status, headers }];
      const results = await runOn("lock", 100, faults, {
        concurrency: 8,
        clock: quickClock(20),
        random: Math.random,
        seconds: 100,
        onPace: (perSecond) => void paces.push(perSecond ?? 0),
      });
      assert.deepEqual(summed(results), { done: 100 });
      assert.ok(sent("lock") <= 150, `${sent("lock")} requests`);
      assert.ok(paces.length > 0 && paces.every((pace) => pace <= 30), paces.join(" "));
    });
  }

  for (const headers of [{ "Retry-After": "1" }, undefined]) {
    it(`keeps near a limit of ten a second, ${headers ? "with" : "without"} Retry-After (P1)`, async () => {
      const paces: number[] = [];
      const fault = { kinds: ["lock"] as const, perSecond: 10, status: 429, delayMs: 100 };
      const quick = quickClock(4);
      const begun = quick.now();
      const results = await runOn("lock", 200, [headers ? { ...fault, headers } : fault], {
        concurrency: 8,
        clock: quick,
        random: Math.random,
        seconds: 100,
        onPace: (perSecond) => void paces.push(perSecond ?? Infinity),
      });
      const seconds = (quick.now() - begun) / 1000;
      assert.deepEqual(summed(results), { done: 200 });
      assert.ok(Math.min(...paces) > 10 / 3, paces.join(" "));
      assert.ok(
        seconds <= 1.6 * (200 / 10),
        `${seconds.toFixed(1)} s, ${sent("lock")} requests, ${paces.join(" ")}`,
      );
    });
  }

  it("gives up after ten waits without a success, and says so (P4)", async () => {
    const busy = (status: number) => [{ kinds: ["delete", "read"] as const, status }];
    for (const [status, outcome] of [
      [429, "failed"],
      [503, "unknown"],
    ] as const) {
      const results = await runOn("delete", 30, busy(status), { concurrency: 1, random: () => 0.5 });
      assert.deepEqual(outcomesOf(results), [outcome, ...Array<string>(29).fill("notAttempted")]);
      assert.match(results[29]?.reason ?? "", /stayed too busy/);
      assert.equal(sent("delete"), 11);
    }
  });

  it("goes on when the computer's clock is set back two hours in the middle of a wait (P3)", async () => {
    const now = Date.now;
    try {
      const faults = [{ kinds: ["lock"] as const, times: 1, status: 429, headers: { "Retry-After": "1" } }];
      const results = await runOn("lock", 5, faults, {
        clock: monotonicClock,
        seconds: 100,
        onPace: () => {
          Date.now = () => now() - 7_200_000;
        },
      });
      assert.deepEqual(summed(results), { done: 5 });
    } finally {
      Date.now = now;
    }
  });

  it("stops at the first answer of something else that reading does not confirm, and goes on after one that it does (A01)", async () => {
    const login = { kinds: ["delete"] as const, ids: [2], status: 200, page: "<h1>Login</h1>" };
    const not = await runOn("delete", 9, [login], { concurrency: 1 });
    assert.deepEqual(outcomesOf(not), ["done", "unknown", ...Array<string>(7).fill("notAttempted")]);
    const confirmed = await runOn("delete", 9, [{ ...login, applied: true }], { concurrency: 1 });
    assert.deepEqual(summed(confirmed), { done: 8, gone: 1 });
    assert.match(
      confirmed[1]?.reason ?? "",
      /something else than before \(HTTP 200\).* showed that it is gone/,
    );
    assert.equal(confirmed[1]?.warns, true);
    for (const { reason } of [not[1], confirmed[1]].flatMap((one) => one ?? []))
      assert.doesNotMatch(reason ?? "", /base URL|not JSON/);
    assert.match(not[1]?.reason ?? "", /The change may still have been applied\.$/);
    // They were never sent.
    for (const { reason } of not.slice(2)) {
      assert.match(reason ?? "", /something else than before/);
      assert.doesNotMatch(reason ?? "", /may still have been applied/);
    }
  });

  it("names something else than before, not the base URL, after a 404 in the middle of a run (A03)", async () => {
    const page = { kinds: ["lock"] as const, ids: [4], status: 404 };
    const results = await runOn("lock", 9, [page], { concurrency: 1 });
    assert.deepEqual(summed(results), { done: 3, failed: 1, notAttempted: 5 });
    assert.match(results[3]?.reason ?? "", /something else than before/);
    assert.doesNotMatch(results[3]?.reason ?? "", /base URL/);
  });

  it("names the proxy, not the token, where a proxy asks to sign in (A02)", async () => {
    const headers = { "WWW-Authenticate": 'Basic realm="proxy"' };
    for (const status of [401, 403]) {
      const results = await runOn("lock", 3, [{ status, headers }], { concurrency: 1 });
      assert.deepEqual(summed(results), { failed: 1, notAttempted: 2 });
      assert.match(results[0]?.reason ?? "", /A proxy in front of/);
    }
  });

  /** What reading the contacts shows now. */
  async function verified(change: Change, results: readonly EntryResult[]): Promise<string[]> {
    const { client } = await dialler.connect();
    const seen: string[] = [];
    await verifyEntries(
      change,
      results.map(({ id = 0 }, item) => ({ item, id })),
      client,
      {
        lockField: "",
        cancelled: new AbortController().signal,
        onResult: (_item, { outcome }) => seen.push(outcome),
      },
    );
    return seen;
  }
});
