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

  it("carries out a change later than it answers, even for a client that is gone", async () => {
    const late = (more: object) => [
      { method: "DELETE", path: contact, appliedAfterMs: 150, times: 1, ...more },
    ];
    const calls = [`DELETE ${contact}`, `GET ${contact.replace("/contact/", "/")}`];
    assert.deepEqual(await statusesOf(late({ status: 504 }), calls), [504, 200]);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(demo?.contactCount(), 399);
    await demo.stop();
    assert.deepEqual(await statusesOf(late({}), calls), [200, 404]);
    await demo.stop();
    demo = await startDemoServer({ mishap: readFaultScript(JSON.stringify(late({}))) });
    const headers = { Authorization: `Bearer ${demo.token}` };
    const signal = AbortSignal.timeout(50);
    await assert.rejects(fetch(demo.baseUrl + contact, { method: "DELETE", headers, signal }));
    assert.equal(demo.contactCount(), 400);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(demo.contactCount(), 399);
  });

  it("repeats a change like a proxy, answers reads from a cache, and refuses what is above a rate", async () => {
    const alone = contact.replace("/contact/", "/");
    const script = [
      { method: "DELETE", path: contact, repeated: 1 },
      { path: alone, cached: true },
      { path: "/dialler/campaigns", perSecond: 2, status: 429 },
    ];
    const calls = [`GET ${alone}`, `DELETE ${contact}`, `GET ${alone}`];
    assert.deepEqual(await statusesOf(script, calls), [200, 404, 200]);
    assert.equal(demo?.contactCount(), 399);
    await demo.stop();
    const rate = Array.from({ length: 4 }, () => "GET /dialler/campaigns");
    assert.deepEqual(await statusesOf(script, rate), [200, 200, 429, 429]);
  });

  it("has one fault per line, or an array of them", () => {
    const lines = '{"path":"/a","status":500}\r\n\n  {"path":"/b","status":501}\n';
    const fault = readFaultScript(lines);
    assert.equal(fault({ method: "GET", path: "/rest/v1.0/7/b" })?.status, 501);
    assert.equal(readFaultScript("")({ method: "GET", path: "/rest/v1.0/7/b" }), undefined);
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
      ["[", /^The script is not JSON: /],
      ['{"path":"/a"}\n{', /^Entry 2 is not JSON: /],
      ["{}", /^Entry 1 needs a "path" that begins with "\/"/],
      ['[{"path":"/","repeated":0}]', /^Entry 1: "repeated" must be a whole number from 1 upwards\.$/],
      ['[{"path":"/","cached":1}]', /^Entry 1: "cached" must be true\.$/],
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
