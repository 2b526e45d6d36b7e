import { setTimeout as wait } from "node:timers/promises";
import { nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";
import type { Trouble } from "../watchedDialler";

const answerLost: Trouble = ({ kind, times }) =>
  kind === "delete" && times === 1 ? { reset: "after" } : undefined;

const cachedSeconds = 45;

/** nginx does not care for the Cache-Control of a request. */
const cached = {
  http: "proxy_cache_path FOLDER/cache keys_zone=reads:1m;",
  server: `proxy_cache reads; proxy_cache_valid 200 ${cachedSeconds}s; proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;`,
};

/** Reading shows what was true before. */
export const caches: readonly SetUp[] = [
  {
    name: "nginx caches every GET; a batch read sees past it",
    proxy: nginx(cached),
    trouble: answerLost,
    run: async (scene) => {
      const run = await scene.act("delete", 3, { readFirst: true });
      scene.expect({ gone: 3 });
      await scene.expectRestorable(run, 3);
      await scene.restore(run);
      scene.expect({ done: 3 });
    },
  },
  {
    name: "nginx caches every GET and forbids the batch read",
    proxy: nginx({
      ...cached,
      locations: "location ~ /contacts$ { limit_except GET { deny all; } proxy_pass http://dialler; }",
    }),
    trouble: answerLost,
    run: async (scene) => {
      const run = await scene.act("delete", 3, { readFirst: true });
      scene.expect({ unknown: 3 });
      await scene.expectRestorable(run, 3);
      await scene.restore(run);
      scene.expect({ skipped: 3 }, { done: 3 });
      await wait(cachedSeconds * 1000);
      await scene.verify(run);
      scene.expect({ gone: 3 });
      await scene.restore(run);
      scene.expect({ done: 3 }, {});
    },
  },
];
