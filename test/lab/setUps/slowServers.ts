import { setTimeout as wait } from "node:timers/promises";
import { haproxy, nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";
import type { Kind, Trouble } from "../watchedDialler";

/** The dialler carries these calls out so long after they arrived. */
function late(kind: Kind, appliedAfterMs: number): Trouble {
  return (heard) => (heard.kind === kind ? { appliedAfterMs } : undefined);
}

const impatient = nginx({ server: "proxy_read_timeout 1s;" });

/** The proxy gives up before the dialler has done its work. */
export const slowServers: readonly SetUp[] = [
  {
    name: "nginx answers 504 after 1 s, done after 5 s: delete",
    proxy: impatient,
    trouble: late("delete", 5000),
    run: async (scene) => {
      const run = await scene.act("delete", 3);
      scene.expect({ gone: 3 });
      await scene.expectRestorable(run, 3);
      scene.expectSeen({ delete: [3, 6] });
      await scene.restore(run);
      scene.expect({ done: 3 });
    },
  },
  {
    name: "nginx answers 504 after 1 s, done after 5 s: lock",
    proxy: impatient,
    trouble: late("lock", 5000),
    run: async (scene) => {
      await scene.act("lock", 3);
      scene.expect({ done: 3 });
      scene.expectSeen({ lock: [3, 6] });
    },
  },
  {
    name: "nginx answers 504 after 1 s, done after 5 s: import",
    proxy: impatient,
    trouble: late("import", 5000),
    run: async (scene) => {
      await scene.importRows(3);
      scene.expect({ done: 3 });
      scene.expectSeen({ import: 3 });
    },
  },
  {
    name: "nginx answers 504 after 1 s, done after 45 s: import",
    proxy: impatient,
    trouble: late("import", 45_000),
    run: async (scene) => {
      await scene.importRows(2);
      scene.expect({ unknown: 2 });
      scene.expectSeen({ import: 2 });
    },
  },
  {
    name: "nginx answers 504 after 1 s, done after 5 s: restore",
    proxy: impatient,
    trouble: late("import", 5000),
    run: async (scene) => {
      const run = await scene.act("delete", 2);
      scene.expect({ done: 2 });
      await scene.restore(run);
      scene.expect({ done: 2 });
      scene.expectSeen({ import: 2 });
    },
  },
  {
    name: "nginx answers 504 after 1 s, done after 45 s: delete",
    proxy: impatient,
    trouble: late("delete", 45_000),
    run: async (scene) => {
      const run = await scene.act("delete", 2);
      scene.expect({ unknown: 2 });
      await scene.verify(run);
      scene.expect({ unknown: 2 });
      await scene.restore(run);
      // It is still there.
      scene.expect({ skipped: 2 });
      await scene.dialler.settled();
      await scene.verify(run);
      scene.expect({ gone: 2 });
      await scene.expectRestorable(run, 2);
      await scene.restore(run);
      scene.expect({ done: 2 });
    },
  },
  {
    name: "haproxy answers 504 after 1 s (timeout server), done after 5 s: delete",
    proxy: haproxy({ backend: "timeout server 1s" }),
    trouble: late("delete", 5000),
    run: async (scene) => {
      const run = await scene.act("delete", 3);
      scene.expect({ gone: 3 });
      await scene.expectRestorable(run, 3);
      scene.expectSeen({ delete: [3, 6] });
    },
  },
  {
    name: "the extension's own time-out of 1 s behind nginx, done after 6 s: delete",
    proxy: nginx({ server: "proxy_read_timeout 30s; proxy_ignore_client_abort on;" }),
    trouble: late("delete", 6000),
    seconds: 1,
    run: async (scene) => {
      const run = await scene.act("delete", 3);
      scene.expect({ gone: 3 });
      await wait(100);
      await scene.expectRestorable(run, 3);
    },
  },
];
