// The two diallers of the soak, in a process of their own: what they remember is not what is measured. A message says
// whether things go wrong from now on.
import { startDemoServer } from "../../src/dialler/demo/demoServer";
import { readFaultScript } from "../../src/dialler/testDialler/faultScript";

/** Without common factors, so that the faults come in ever other places; together one request in twenty. */
const faults = [
  { path: "/**", every: 149, reset: "before" },
  { path: "/**", every: 151, reset: "after" },
  { path: "/**", every: 157, status: 500, body: { status: 500, error: "An error" } },
  { path: "/**", every: 163, status: 500, applied: true },
  { path: "/**", every: 131, status: 503, applied: true, headers: { "Retry-After": "0" } },
  { path: "/**", every: 139, status: 429, headers: { "Retry-After": "0" } },
  { path: "/**", every: 167, status: 200, body: { status: 500, error: "An error" } },
  { path: "/**", every: 397, delayMs: 1500 },
  { path: "/**", every: 1601, status: 401, body: { status: 401, error: "Unauthorized" } },
];

async function serve(): Promise<void> {
  let faulty = true;
  let requests = 0;
  let gone = 0;
  const servers = await Promise.all(
    [1, 2].map((seed) => {
      const script = readFaultScript(JSON.stringify(faults));
      return startDemoServer({
        contacts: 2000,
        seed,
        mishap: (request) => {
          if (!faulty) return undefined;
          requests++;
          const mishap = script(request);
          if (mishap !== undefined) gone++;
          return mishap;
        },
      });
    }),
  );
  process.on("message", (wanted) => {
    faulty = wanted === "faulty";
    process.send?.({ requests, gone });
  });
  process.once("disconnect", () => process.exit());
  process.send?.(servers.map(({ baseUrl, token }) => ({ baseUrl, token })));
}

void serve();
