import assert from "node:assert/strict";
import { cut, empty, html, json, redirect, type ScriptedReply } from "../../support/dialler/scriptedReply";
import { startScriptedServer, type ScriptedServer } from "../../support/dialler/scriptedServer";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { closedPort } from "../../support/dialler/clientFor";
import { enterToken } from "../../support/workbench/openOn";

/** A server that fails in one way, and the sentence a person must read above the rows. */
interface Failure {
  readonly name: string;
  readonly reply?: ScriptedReply;
  readonly tls?: "selfSigned";
  readonly sentence: RegExp;
  readonly step: string;
}

const failures: readonly Failure[] = [
  {
    name: "bad token",
    reply: json(401, { status: 401, error: "Unauthorized" }),
    sentence: /Token rejected by .* \(HTTP 401\)/,
    step: "Set Token…",
  },
  {
    name: "no path",
    reply: empty(404),
    sentence: /Endpoint not found \(HTTP 404\): .*\/dialler\/contacts does not exist/,
    step: "Check Endpoint",
  },
  {
    name: "no object",
    reply: json(404, { status: 404, error: "Dialler campaign not found" }),
    sentence: /No such record on the server \(HTTP 404\)\. The server says: Dialler campaign not found/,
    step: "Retry",
  },
  {
    name: "broken",
    reply: json(500, { status: 500, error: "boom" }),
    sentence: /Server error \(HTTP 500\): .*\. The server says: boom/,
    step: "Show Log",
  },
  {
    name: "moved (H01)",
    reply: redirect(302, "http://127.0.0.1:1/elsewhere"),
    sentence: /redirected to http:\/\/127\.0\.0\.1:1\/elsewhere \(HTTP 302\)/,
    step: "Open Settings",
  },
  {
    name: "login page (H20)",
    reply: html(200, "<html>Log in</html>"),
    sentence: /The answer is not JSON: .* may have sent a login or error page/,
    step: "Check Endpoint",
  },
  {
    name: "cut (N11)",
    reply: cut(200, JSON.stringify({ records: [], count: 0 })),
    sentence: /cut off in the middle/,
    step: "Retry",
  },
  {
    name: "self-signed (N18)",
    tls: "selfSigned",
    sentence: /The certificate of .* is not trusted/,
    step: "Open Settings",
  },
  {
    name: "refused (N01)",
    sentence: /Connection refused by .*\. Is the server running/,
    step: "Check Endpoint",
  },
];

describe("a person whose dialler fails", () => {
  let workbench: Workbench;
  const servers = new Map<string, ScriptedServer>();

  before(async () => {
    const endpoints: Record<string, { baseUrl: string; environment: string }> = {};
    for (const { name, reply, tls } of failures) {
      const baseUrl =
        reply === undefined && tls === undefined
          ? `http://127.0.0.1:${await closedPort()}/rest/v1.0/7`
          : await scripted(name, reply, tls);
      endpoints[name] = { baseUrl, environment: "test" };
    }
    workbench = await openWorkbench({ settings: { "dialler.endpoints": endpoints } });
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    for (const server of servers.values()) await server.stop();
  });

  for (const { name, sentence, step } of failures) {
    it(`reads a sentence and a step for: ${name}`, async () => {
      await workbench.runCommand("Dialler: Switch Endpoint…");
      await workbench.quickInput.pick(name);
      await enterToken(workbench);
      await workbench.contacts.messageWhen(sentence);
      await workbench.contacts.rowsWhen((rows) => rows.some((row) => row.trim() === step));
      await workbench.output.logged(sentence);
      await workbench.screenshot(`failure-${name.replace(" ", "-")}`);
      for (const { method } of servers.get(name)?.requests ?? []) assert.equal(method, "GET");
    });
  }

  it("is asked for no contact when a key is pressed on a step", async () => {
    await workbench.contacts.select("Check Endpoint");
    await workbench.contacts.select("Retry");
    await workbench.page.keyboard.press("Delete");
    await workbench.contacts.messageWhen(/^Connection refused/);
    assert.equal(await workbench.quickInput.isShown(), false);
  });

  async function scripted(
    name: string,
    reply: ScriptedReply | undefined,
    tls: "selfSigned" | undefined,
  ): Promise<string> {
    const answer = reply ?? empty(204);
    const server = await startScriptedServer({
      handler: () => answer,
      ...(tls === undefined ? {} : { tls }),
    });
    servers.set(name, server);
    return server.baseUrl;
  }
});
