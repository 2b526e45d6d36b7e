import assert from "node:assert/strict";
import {
  certificateFile,
  type ScriptedServer,
  startScriptedServer,
} from "../../support/dialler/scriptedServer";
import * as reply from "../../support/dialler/scriptedReply";
import type { ScriptedReply } from "../../support/dialler/scriptedReply";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { byTheBook, type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { enterToken } from "../../support/workbench/openOn";

const page = '<html><body>Blocked, <a href="http://127.0.0.1:1/">why?</a></body></html>';

describe("a person behind a proxy", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  let proxy: ScriptedServer;
  /** What the proxy says to a CONNECT; undefined: it lets it through. */
  let refusal: ScriptedReply | undefined;

  before(async () => {
    // VS Code keeps this computer's own names from a proxy; this one only the proxy can reach.
    dialler = await startSmallDialler(10, byTheBook, { tls: "wrongHost" });
    proxy = await startScriptedServer({ handler: () => refusal ?? reply.tunnel(dialler.port) });
    const caFile = certificateFile("wrongHost");
    const baseUrl = `https://other.invalid:${dialler.port}/rest/v1.0/7`;
    workbench = await openWorkbench({
      settings: {
        "http.proxy": `http://127.0.0.1:${proxy.port}`,
        "dialler.endpoints": { far: { baseUrl, environment: "test", caFile } },
        "dialler.activeEndpoint": "far",
        "dialler.groupBy": "none",
        "dialler.requests.concurrency": 1,
      },
    });
    await workbench.openView();
    await enterToken(workbench);
  });

  after(async () => {
    await workbench.close();
    await proxy.stop();
    await dialler.stop();
  });

  it("lists contacts through it", async () => {
    await workbench.contacts.rowsWhen((rows) => rows.length === 10);
    assert.equal(proxy.requests[0]?.method, "CONNECT");
    assert.equal(dialler.idsOf("list").length, 1);
  });

  for (const [what, id, answer] of [
    ["407 (N21)", 407, reply.html(407, page, { "Proxy-Authenticate": "Basic" })],
    ["502 and a page (N22)", 502, reply.html(502, page)],
  ] as const) {
    it(`reports that nothing was sent when it answers CONNECT with ${what}`, async () => {
      refusal = answer;
      const before = dialler.requests.length;
      await workbench.contacts.select("Name 1");
      await workbench.contacts.select("Name 3", "Shift");
      await workbench.contacts.contextMenu("Name 2", "Lock Contact");
      await workbench.screenshot(`proxy-${id}`);
      const { message } = await workbench.notifications.read(
        /Locked 0 of 3 contacts on far: 1 failed \(.*\), 2 not attempted/,
      );
      assert.doesNotMatch(message, /<|Blocked|why/);
      const line = await workbench.output.logged(new RegExp(`far lock #\\d+ failed HTTP ${id} `));
      assert.match(line, /The proxy refused the connection to other\.invalid/);
      assert.equal(dialler.requests.length, before);
      assert.doesNotMatch((await workbench.output.log()).join("\n"), /<html|Blocked/);
    });
  }
});
