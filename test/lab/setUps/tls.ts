import { useProxy } from "../../support/host/proxyAgent";
import { readFileSync } from "node:fs";
import { authority, haproxy, nginx } from "../proxyPlan";
import type { Scene } from "../scene";
import type { SetUp } from "../setUp";

/** Nothing reaches the dialler, and the first contact's reason names the cause. */
const refusedBecause = (cause: RegExp) => async (scene: Scene) => {
  await scene.act("lock", 3, { concurrency: 1 });
  scene.expect({ failed: 1, notAttempted: 2 });
  scene.expectSaid(cause);
  scene.expectSeen({ lock: 0 });
};

const old = "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;";

/** TLS and forward proxies. */
export const tls: readonly SetUp[] = [
  {
    name: "nginx over TLS 1.3, its certificate in caFile",
    proxy: nginx({ tls: "ssl_protocols TLSv1.3;" }),
    run: async (scene) => {
      const run = await scene.act("delete", 20, { concurrency: 8 });
      scene.expect({ done: 20 });
      await scene.expectRestorable(run, 20);
    },
  },
  {
    name: "nginx over TLS wants a client certificate",
    proxy: nginx({ tls: `ssl_client_certificate ${authority}; ssl_verify_client on;` }),
    run: refusedBecause(/client certificate is required/),
  },
  {
    name: "haproxy over TLS wants a client certificate",
    proxy: haproxy({ tls: `ca-file ${authority} verify required` }),
    run: refusedBecause(/client certificate/),
  },
  {
    name: "nginx offers only TLS 1.1",
    proxy: nginx({ tls: old }),
    run: refusedBecause(/Only old versions of TLS/),
  },
  {
    name: "haproxy has no cipher in common",
    proxy: haproxy({ tls: "ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 ciphers AES128-CCM8" }),
    run: refusedBecause(/No encryption in common/),
  },
  {
    name: "http: on a TLS port of nginx",
    proxy: nginx({ tls: "" }),
    scheme: "http",
    run: refusedBecause(/This port of .* uses TLS/),
  },
  {
    name: "https: on a plain port of haproxy",
    proxy: haproxy({}),
    scheme: "https",
    run: refusedBecause(/No TLS on this port/),
  },
  {
    name: "haproxy as a forward proxy refuses CONNECT with 403",
    proxy: haproxy({ frontend: "http-request deny deny_status 403 if METH_CONNECT" }),
    scheme: "https",
    forward: true,
    run: throughProxy,
  },
  {
    name: "nginx as a forward proxy does not know CONNECT (400 or 405)",
    proxy: nginx({}),
    scheme: "https",
    forward: true,
    run: throughProxy,
  },
];

/** The agent of the whole process is replaced, so one at a time. */
let before: Promise<unknown> = Promise.resolve();

function throughProxy(scene: Scene): Promise<void> {
  const mine = before.then(async () => {
    const leave = useProxy(scene.proxy.port, readFileSync(authority, "utf8"));
    try {
      await refusedBecause(/The proxy refused the connection/)(scene);
    } finally {
      leave();
    }
  });
  before = mine.catch(() => undefined);
  return mine;
}
