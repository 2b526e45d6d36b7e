import assert from "node:assert/strict";
import { type DemoServer, startDemoServer } from "../../../../src/dialler/demo/demoServer";
import { readFaultScript } from "../../../../src/dialler/testDialler/faultScript";

describe("a script of faults", () => {
  let demo: DemoServer | undefined;
  afterEach(() => demo?.stop());

  /** The status of each call, or "reset"; `calls`: method and path below the base URL. */
  const statusesOf = async (script: unknown, calls: readonly string[]): Promise<(number | "reset")[]> => {
    demo = await startDemoServer({ mishap: readFaultScript(JSON.stringify(script)) });
    const { baseUrl, token } = demo;
    const statuses: (number | "reset")[] = [];
    for (const call of calls) {
      const [method = "", path = ""] = call.split(" ");
      const headers = { Authorization: `Bearer ${token}` };
      const status = await fetch(baseUrl + path, { method, headers }).then(
        (response) => response.status,
        () => "reset" as const,
      );
      statuses.push(status);
    }
    return statuses;
  };
  const contact = "/dialler/contacts/contact/40101";

  it("answers with the status, the body and the headers of the first entry that fits", async () => {
    const script = [
      { method: "delete", path: "/dialler/contacts/contact/*", status: 503, headers: { "Retry-After": "2" } },
      { path: "/dialler/**", status: 500, body: { status: 500, error: "all is lost" } },
    ];
    assert.deepEqual(await statusesOf(script, [`DELETE ${contact}`, "GET /dialler/campaigns"]), [503, 500]);
  });

  it("lets as many go well first, and as many go wrong, as it says", async () => {
    const script = [{ path: "/dialler/campaigns", status: 500, after: 1, times: 2 }];
    const calls = Array.from({ length: 5 }, () => "GET /dialler/campaigns");
    assert.deepEqual(await statusesOf(script, calls), [200, 500, 500, 200, 200]);
    await demo?.stop();
    const every = [{ path: "/dialler/campaigns", status: 500, every: 3 }];
    assert.deepEqual(
      await statusesOf(every, [...calls, ...calls.slice(0, 1)]),
      [200, 200, 500, 200, 200, 500],
    );
  });

  it("breaks a connection before a deletion or after it", async () => {
    const broken = (reset: string) => [{ method: "DELETE", path: contact, reset, times: 1 }];
    const calls = [`DELETE ${contact}`, `DELETE ${contact}`];
    assert.deepEqual(await statusesOf(broken("before"), calls), ["reset", 200]);
    await demo?.stop();
    assert.deepEqual(await statusesOf(broken("after"), calls), ["reset", 404]);
  });

  it("lets a request take effect that it answers with a failure", async () => {
    const script = [{ method: "DELETE", path: contact, status: 503, applied: true, times: 1 }];
    assert.deepEqual(await statusesOf(script, [`DELETE ${contact}`, `DELETE ${contact}`]), [503, 404]);
  });

  it("keeps a client waiting, and nobody who has gone", async () => {
    const script = readFaultScript('[{"path":"/dialler/campaigns","delayMs":600000}]');
    demo = await startDemoServer({ mishap: script });
    const headers = { Authorization: `Bearer ${demo.token}` };
    const gone = fetch(`${demo.baseUrl}/dialler/campaigns`, { headers, signal: AbortSignal.timeout(100) });
    await assert.rejects(gone, { name: "TimeoutError" });
  });

  it("is refused with a sentence when it cannot be read", () => {
    for (const [script, sentence] of [
      ["{", /^The script is not JSON: /],
      ["{}", /^The script must be an array of faults\.$/],
      ["[5]", /^Entry 1 is not an object\.$/],
      ['[{"path":"/a"},{"path":"b"}]', /^Entry 2 needs a "path" that begins with "\/"/],
      ['[{"path":"/","colour":"red"}]', /^Entry 1 has the unknown member "colour"\. Use method, path/],
      ['[{"path":"/","status":"500"}]', /^Entry 1: "status" must be a whole number from 200 upwards\.$/],
      ['[{"path":"/","status":600}]', /^Entry 1: "status" must be at most 599\.$/],
      ['[{"path":"/","reset":true}]', /^Entry 1: "reset" must be "before" or "after"\.$/],
      ['[{"path":"/","delayMs":-1}]', /^Entry 1: "delayMs" must be a whole number from 0 upwards\.$/],
      ['[{"path":"/","headers":{"A":1}}]', /^Entry 1: "headers" must be an object of texts\.$/],
      ['[{"path":"/","body":"x"}]', /^Entry 1: "body" must be an object\.$/],
      ['[{"path":"/","applied":1}]', /^Entry 1: "applied" must be true or false\.$/],
      ['[{"path":"/","method":1}]', /^Entry 1: "method" must be a text\.$/],
    ] as const) {
      assert.throws(() => readFaultScript(script), { message: sentence });
    }
  });
});
