import assert from "node:assert/strict";
import { checkPaths } from "../../../../src/dialler/endpoint/checkPaths";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  noSuchContact,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

describe("checkPaths", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  afterEach(() => dialler.stop());

  const seen = async (script: Script): Promise<string[]> => {
    dialler = await startSmallDialler([{ ID: 5 }], script);
    const steps = await checkPaths(await dialler.connect());
    assert.deepEqual(dialler.changing(), []);
    return steps.map(({ name, ok, detail }) => `${ok ? "ok" : "no"} ${name}: ${detail}`);
  };

  it("names the documented path and the batch read of a server that has both", async () => {
    assert.deepEqual(await seen((_, ordinary) => ordinary()), [
      "ok Single contact: dialler/contacts/{id}",
      "ok Batch read: offered",
    ]);
  });

  it("names the other path of an older server, and that it has no batch read", async () => {
    const old: Script = ({ kind, request }, ordinary) => {
      if (/contacts\/\d+$/.test(request.path) || kind === "batch") return reply.empty(404);
      return request.path.endsWith("/contact/1") ? noSuchContact : ordinary();
    };
    assert.deepEqual(await seen(old), [
      "ok Single contact: dialler/contacts/contact/{id}",
      "ok Batch read: not offered; contacts are read one by one",
    ]);
  });

  it("says that contacts are read one by one where a proxy refuses the batch read", async () => {
    for (const status of [403, 405, 413]) {
      const [, batch] = await seen(({ kind }, ordinary) =>
        kind === "batch" ? reply.html(status, "<h1>no</h1>") : ordinary(),
      );
      assert.equal(batch, "ok Batch read: not offered; contacts are read one by one");
      await dialler.stop();
    }
  });

  it("says what a server says that refuses to be read", async () => {
    const [single = "", batch = ""] = await seen(() => reply.json(401, { status: 401, error: "no" }));
    assert.match(single, /^no Single contact: .*token/);
    assert.match(batch, /^no Batch read: .*token/);
  });
});
