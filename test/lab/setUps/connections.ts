import { setTimeout as wait } from "node:timers/promises";
import { haproxy, nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";

/** Connections that end early, are reset, or answer before they were asked. */
export const connections: readonly SetUp[] = [
  {
    name: "nginx closes each connection after 3 requests",
    proxy: nginx({ server: "keepalive_requests 3;" }),
    run: async (scene) => {
      await scene.act("lock", 60, { concurrency: 8 });
      scene.expect({ done: 60 });
      scene.expectSeen({ lock: 60 });
    },
  },
  {
    name: "nginx resets connections that are idle for 400 ms",
    proxy: nginx({ server: "keepalive_timeout 400ms; reset_timedout_connection on;" }),
    run: async (scene) => {
      const run = await scene.act("delete", 30, { concurrency: 2, pauseMs: 390 });
      scene.expect({ done: 30 }, { done: 29, gone: 1 }, { done: 28, gone: 2 });
      await scene.expectRestorable(run, 30);
    },
  },
  {
    name: "haproxy closes connections that are idle for 300 ms",
    proxy: haproxy({ defaults: "timeout http-keep-alive 300ms" }),
    run: async (scene) => {
      await scene.act("lock", 30, { concurrency: 2, pauseMs: 290 });
      scene.expect({ done: 30 });
      scene.expectSeen({ lock: [30, 34] });
    },
  },
  {
    name: "the dialler resets kept connections behind nginx, nothing done: lock",
    proxy: nginx({}),
    trouble: ({ kind, id, times }) =>
      kind === "lock" && id % 3 === 0 && times === 1 ? { reset: "before" } : undefined,
    run: async (scene) => {
      await scene.act("lock", 30);
      scene.expect({ done: 30 });
      scene.expectSeen({ lock: [31, 45] });
    },
  },
  {
    // nginx sends a DELETE again, on a new connection, where a kept one was reset.
    name: "the dialler resets kept connections behind nginx, done: delete",
    proxy: nginx({}),
    trouble: ({ kind, id, times }) =>
      kind === "delete" && id % 3 === 0 && times === 1 ? { reset: "after" } : undefined,
    run: async (scene) => {
      const run = await scene.act("delete", 20);
      scene.expectNumber("done or gone", (scene.last.done ?? 0) + (scene.last.gone ?? 0), 20);
      scene.expectSeen({ delete: [20, 30] });
      await scene.expectRestorable(run, 20);
    },
  },
  {
    name: "nginx ends the connection without an answer (444): delete",
    proxy: nginx({ locations: "location ~ /contacts/contact/ { return 444; }" }),
    run: async (scene) => {
      const run = await scene.act("delete", 2);
      scene.expect({ unknown: 2 });
      scene.expectSaid(/Not deleted 3\d s after the request/, 2);
      scene.expectSeen({ delete: 0 });
      await scene.restore(run);
      scene.expect({ skipped: 2 });
    },
  },
  {
    name: "nginx reloads its configuration five times in a run",
    proxy: nginx({}),
    trouble: ({ kind }) => (kind === "delete" ? { delayMs: 20 } : undefined),
    run: async (scene) => {
      const before = (position: number): void => {
        if (position % 10 === 5) scene.proxy.reload();
      };
      const run = await scene.act("delete", 50, { before });
      scene.expectNumber("done or gone", (scene.last.done ?? 0) + (scene.last.gone ?? 0), 50);
      await scene.expectRestorable(run, 50);
    },
  },
  {
    name: "haproxy is killed while the dialler deletes",
    proxy: haproxy({}),
    trouble: ({ kind, times }) => (kind === "delete" && times === 1 ? { appliedAfterMs: 1500 } : undefined),
    run: async (scene) => {
      const killed = async (): Promise<void> => {
        await wait(700);
        await scene.proxy.stop();
      };
      let killing: Promise<void> | undefined;
      const before = (): void => void (killing ??= killed());
      const run = await scene.act("delete", 20, { before });
      await killing;
      // Those under way may have been deleted; the others never left.
      scene.expectNumber("done or gone", (scene.last.done ?? 0) + (scene.last.gone ?? 0), 0);
      scene.expectNumber("unknown", scene.last.unknown ?? 0, [1, 4]);
      await scene.expectRestorable(run, [4, 20]);
    },
  },
  {
    name: "haproxy answers the first request of each path with 408",
    proxy: haproxy({
      frontend: `stick-table type string len 120 size 1k expire 60s store gpc0
  http-request track-sc0 path if { method POST } { path_end /contacts }
  http-request sc-inc-gpc0(0) if { method POST } { path_end /contacts }
  http-request return status 408 content-type text/html string "<h1>408 Request Time-out</h1>" if { method POST } { sc0_get_gpc0 eq 1 }`,
    }),
    run: async (scene) => {
      await scene.act("delete", 5);
      scene.expect({ done: 5 });
      scene.expectSeen({ batch: 1, delete: 5 });
    },
  },
];
