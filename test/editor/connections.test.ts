import assert from "node:assert/strict";
import { exchange } from "../../src/dialler/api/http/exchange";
import { json } from "../support/dialler/scriptedReply";
import { startScriptedServer } from "../support/dialler/scriptedServer";

describe("requests from inside VS Code", () => {
  it("share a connection one after the other, though VS Code puts its own agent before each", async () => {
    const server = await startScriptedServer({ handler: () => json(200, { status: 200 }) });
    try {
      const log = { debug: () => undefined, trace: () => undefined };
      // As an endpoint has it: one for all its requests.
      const access = { baseUrl: `${server.baseUrl}/`, token: "t", log };
      for (let id = 1; id <= 5; id++) {
        const reply = await exchange(access, {
          method: "PATCH",
          path: ["dialler", "contacts", "contact", id, "lock"],
          deadlines: { totalMs: 9000 },
        });
        await reply.text();
      }
      assert.deepEqual([server.requests.length, server.connections()], [5, 1]);
    } finally {
      await server.stop();
    }
  });
});
