import { haproxy, nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";
import type { Scene } from "../scene";

const tenASecond = "limit_req_zone $server_port zone=ten:1m rate=10r/s;";

/** The requests of this method that nginx received, refused or not. */
async function askedOfNginx({ proxy }: Scene, method: string): Promise<number> {
  return (await proxy.accessLog()).filter((line) => line.startsWith(`${method} `)).length;
}

/** The way is too busy, and says so. */
export const limits: readonly SetUp[] = [
  {
    name: "nginx limit_req 10 a second, 429 with Retry-After: 1",
    proxy: nginx({
      http: tenASecond,
      locations: `
        location ~ /lock$ { limit_req zone=ten; limit_req_status 429; error_page 429 @busy; proxy_pass http://dialler; }
        location @busy { add_header Retry-After 1 always; return 429 "slow down"; }`,
    }),
    run: async (scene) => {
      await scene.act("lock", 100, { concurrency: 8 });
      scene.expect({ done: 100 });
      scene.expectSeen({ lock: 100 });
      scene.expectNumber("PATCH requests at nginx", await askedOfNginx(scene, "PATCH"), [100, 150]);
    },
  },
  {
    name: "nginx limit_req 10 a second, plain 503",
    proxy: nginx({
      http: tenASecond,
      locations: "location ~ /lock$ { limit_req zone=ten; proxy_pass http://dialler; }",
    }),
    run: async (scene) => {
      await scene.act("lock", 100, { concurrency: 8 });
      scene.expect({ done: 100 });
      scene.expectSeen({ lock: 100 });
      scene.expectNumber("PATCH requests at nginx", await askedOfNginx(scene, "PATCH"), [100, 150]);
    },
  },
  {
    name: "nginx limit_req 10 a second for every call, plain 503: delete",
    proxy: nginx({ http: tenASecond, server: "limit_req zone=ten;" }),
    run: async (scene) => {
      const run = await scene.act("delete", 40, { concurrency: 8 });
      scene.expect({ done: 40 });
      await scene.expectRestorable(run, 40);
    },
  },
  {
    name: "haproxy denies with 429 and Retry-After above 20 requests in 2 s",
    proxy: haproxy({
      frontend: `stick-table type ip size 10 expire 10s store http_req_rate(2s)
  http-request track-sc0 src
  http-request return status 429 content-type text/html string "<h1>429</h1>" hdr Retry-After 2 if { sc_http_req_rate(0) gt 20 }`,
    }),
    run: async (scene) => {
      await scene.act("lock", 60, { concurrency: 8 });
      scene.expect({ done: 60 });
      scene.expectSeen({ lock: 60 });
    },
  },
  {
    name: "nginx answers 429 with Retry-After: 3600 to one deletion",
    proxy: nginx({
      locations: "location ~ /contacts/contact/ { add_header Retry-After 3600 always; return 429; }",
    }),
    run: async (scene) => {
      await scene.act("delete", 1);
      scene.expect({ failed: 1 });
      scene.expectSaid(/asks to wait until/);
      scene.expectSeen({ delete: 0 });
    },
  },
  {
    name: "haproxy answers 503, because nothing listens behind it",
    proxy: haproxy({ defaults: "retries 0", server: "127.0.0.1:1" }),
    run: async (scene) => {
      await scene.act("delete", 3, { concurrency: 1 });
      scene.expect({ failed: 1, notAttempted: 2 });
    },
  },
];
