import { haproxy, nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";
import type { Kind, Trouble } from "../watchedDialler";

const twice = "server DIALLER max_fails=0; server DIALLER max_fails=0;";

/** The first call of this kind for each contact is carried out, and its answer is lost. */
function firstAnswerLost(kind: Kind): Trouble {
  return (heard) => (heard.kind === kind && heard.times === 1 ? { reset: "after" } : undefined);
}

/** An import names no contact, so every second one loses its answer. */
const everySecondImportLost: Trouble = ({ kind, times }) =>
  kind === "import" && times % 2 === 1 ? { reset: "after" } : undefined;

/** The proxy sends a request twice that the extension sent once. */
export const repeats: readonly SetUp[] = [
  {
    name: "nginx with two upstreams repeats a DELETE whose answer was lost",
    proxy: nginx({ upstream: twice }),
    trouble: firstAnswerLost("delete"),
    run: async (scene) => {
      const run = await scene.act("delete", 10);
      scene.expect({ gone: 10 });
      await scene.expectRestorable(run, 10);
      scene.expectSeen({ delete: 20 });
      await scene.restore(run);
      scene.expect({ done: 10 });
    },
  },
  {
    name: "haproxy with retry-on all-retryable-errors repeats a DELETE",
    proxy: haproxy({ backend: "retries 2\n  retry-on all-retryable-errors" }),
    trouble: firstAnswerLost("delete"),
    run: async (scene) => {
      const run = await scene.act("delete", 10);
      scene.expect({ gone: 10 });
      await scene.expectRestorable(run, 10);
      scene.expectSeen({ delete: 20 });
    },
  },
  {
    name: "nginx with non_idempotent repeats a POST: import",
    proxy: nginx({ upstream: twice, server: "proxy_next_upstream error timeout non_idempotent;" }),
    trouble: everySecondImportLost,
    run: async (scene) => {
      await scene.importRows(3, 1);
      scene.expect({ done: 3 });
      scene.expectSaid(/Made twice: #\d+, #\d+/, [1, 3]);
      scene.expectSeen({ import: 6 });
    },
  },
  {
    name: "nginx with non_idempotent repeats a POST: restore",
    proxy: nginx({ upstream: twice, server: "proxy_next_upstream error timeout non_idempotent;" }),
    trouble: everySecondImportLost,
    run: async (scene) => {
      const run = await scene.act("delete", 3);
      await scene.restore(run);
      scene.expect({ done: 3 });
      scene.expectSaid(/Made twice: #\d+, #\d+/, 3);
      scene.expectSeen({ import: 6 });
    },
  },
  {
    name: "haproxy with retry-on all-retryable-errors repeats a POST: import",
    proxy: haproxy({ backend: "retries 2\n  retry-on all-retryable-errors" }),
    trouble: everySecondImportLost,
    run: async (scene) => {
      await scene.importRows(3, 1);
      scene.expect({ done: 3 });
      scene.expectSaid(/Made twice: #\d+, #\d+/, [1, 3]);
      scene.expectSeen({ import: 6 });
    },
  },
  {
    name: "nginx with non_idempotent repeats a PATCH: lock",
    proxy: nginx({ upstream: twice, server: "proxy_next_upstream error timeout non_idempotent;" }),
    trouble: firstAnswerLost("lock"),
    run: async (scene) => {
      await scene.act("lock", 10);
      scene.expect({ done: 10 });
      scene.expectSeen({ lock: 20 });
    },
  },
];
