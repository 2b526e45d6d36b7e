import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { until } from "../../support/workbench/until";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { enterToken } from "../../support/workbench/openOn";

interface Said {
  readonly report?: { readonly counts: Readonly<Record<string, number>> };
  readonly error?: string;
}

for (const environment of ["test", "production"] as const)
  describe(`a chat that wants to lock on an endpoint that is ${environment}`, () => {
    let workbench: Workbench;
    let dialler: SmallDialler;

    before(async () => {
      dialler = await startSmallDialler(4);
      workbench = await openWorkbench({
        settings: {
          "dialler.endpoints": { mine: { baseUrl: dialler.baseUrl, environment } },
          "dialler.activeEndpoint": "mine",
          "dialler.groupBy": "none",
          "chat.disableAIFeatures": false,
        },
      });
      await workbench.openView();
      await enterToken(workbench);
      await workbench.contacts.rowsWhen((rows) => rows.length === 4);
    });

    after(async () => {
      await workbench.close();
      await dialler.stop();
    });

    /** Calls the tool as a chat does that approves by itself what tools ask: what is left is our own question. */
    const call = async (ids: readonly number[], answerTo: () => Promise<void>): Promise<Said> => {
      const answer = join(workbench.window.userDataDir, "said.json");
      await rm(answer, { force: true });
      await workbench.copy(JSON.stringify({ tool: "dialler_lockContacts", argument: { ids }, answer }));
      await workbench.runCommand("Caller: Call");
      await answerTo();
      let text = "";
      await until("the answer of the tool", async () => {
        text = await readFile(answer, "utf8").catch(() => "");
        return text !== "";
      });
      return JSON.parse(text) as Said;
    };
    /** The workbench asks for a tool first; a chat may be set to answer that by itself. */
    const passWorkbench = (): Promise<void> => workbench.dialog.click("Yes");

    if (environment === "production")
      it("is refused, and nothing is sent", async () => {
        const from = dialler.requests.length;
        const said = await call([1], passWorkbench);
        assert.match(
          said.error ?? "",
          /mine is production: chat tools can read from it but not change anything/,
        );
        assert.equal(dialler.requests.length, from);
      });
    else {
      it("is asked about by us, also for one contact, and Cancel locks nothing", async () => {
        const said = await call([1], async () => {
          await passWorkbench();
          const { message, detail } = await workbench.dialog.read();
          assert.match(message, /^Lock contact .*#1 on mine\?/);
          assert.match(detail, /Endpoint: mine/);
          await workbench.screenshot("chat");
          await workbench.dialog.click("Cancel");
        });
        assert.equal(said.report?.counts.notAttempted, 1);
        assert.deepEqual(dialler.changing(), []);
      });

      it("locks what a person agrees to, one request each", async () => {
        const said = await call([1, 2], async () => {
          await passWorkbench();
          await workbench.dialog.click("Lock 2 Contacts");
        });
        assert.equal(said.report?.counts.done, 2);
        assert.deepEqual(dialler.idsOf("lock").sort(), [1, 2]);
      });
    }
  });
