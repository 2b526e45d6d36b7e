import assert from "node:assert/strict";
import { resolveIds } from "../../../../src/dialler/lookup/resolveContacts";
import {
  type ListResolution,
  type Match,
  resolveUserDataList,
} from "../../../../src/dialler/lookup/resolveList";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import * as reply from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

const withoutBatch: Script = (heard, ordinary) => (heard.kind === "batch" ? reply.empty(404) : ordinary());

describe("resolveUserDataList", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  let connection: Connection;
  afterEach(() => dialler.stop());

  const start = async (contacts: number, script: Script = byTheBook): Promise<string[]> => {
    const keys = Array.from({ length: contacts }, (_, at) => `KEY-${at + 1}`);
    dialler = await startSmallDialler(
      [...keys, "DUP", "DUP", "Müller"].map((UserData, at) => ({ ID: at + 1, UserData })),
      script,
    );
    connection = await dialler.connect();
    return keys;
  };
  const resolve = (
    keys: readonly string[],
    options: { mayRead?: boolean; signal?: AbortSignal; onProgress?: (finished: number) => void } = {},
  ): Promise<ListResolution> =>
    resolveUserDataList(connection.client, keys, {
      lockField: "",
      signal: options.signal ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => undefined),
      mayReadWholeList: () => Promise.resolve(options.mayRead ?? true),
    });
  const matched = (resolution: ListResolution, key: string): Match["kind"] | number | undefined => {
    assert.ok(resolution.kind === "found", resolution.kind);
    const match = resolution.match(key);
    return match.kind === "one" ? match.contact.id : match.kind;
  };

  it("looks a thousand keys up in ten requests, a hundred each", async () => {
    const keys = await start(1000);
    const progress: number[] = [];
    const resolution = await resolve(keys, { onProgress: (finished) => progress.push(finished) });
    assert.equal(dialler.requests.length, 10);
    assert.deepEqual(progress, [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    assert.equal(matched(resolution, "KEY-1000"), 1000);
  });

  it("tells one, several, look-alikes and none apart", async () => {
    await start(2, (heard, ordinary) => {
      // A server whose collation takes the one for the other.
      if (heard.kind !== "batch") return ordinary();
      return reply.json(200, { records: [...dialler.contacts.values()].slice(0, 5), count: 5, status: 200 });
    });
    const resolution = await resolve(["KEY-1", "KEY-2", "DUP", "MULLER", "NONE"]);
    assert.equal(matched(resolution, "KEY-1"), 1);
    assert.equal(matched(resolution, "DUP"), "several");
    assert.equal(matched(resolution, "MULLER"), "alike");
    assert.equal(matched(resolution, "NONE"), "none");
  });

  it("reads the list once for many keys where the server has no batch read, after asking", async () => {
    const keys = await start(60, withoutBatch);
    assert.equal(matched(await resolve(keys), "KEY-60"), 60);
    assert.equal(dialler.heard.filter(({ kind }) => kind === "list").length, 1);
    const before = dialler.requests.length;
    assert.equal((await resolve(keys, { mayRead: false })).kind, "unusable");
    // One try of the batch read, and no list.
    assert.equal(dialler.requests.length, before + 1);
  });

  it("asks for each of a few keys where the server has no batch read, or a proxy refuses it", async () => {
    const forbidden: Script = (heard, ordinary) =>
      heard.kind === "batch" ? reply.html(403, "<h1>no</h1>") : ordinary();
    for (const script of [withoutBatch, forbidden]) {
      const keys = await start(3, script);
      const resolution = await resolve([...keys, "DUP"]);
      assert.equal(matched(resolution, "KEY-3"), 3);
      assert.equal(matched(resolution, "DUP"), "several");
      await dialler.stop();
    }
  });

  it("does not take a server's word that answers with other contacts", async () => {
    const keys = await start(60, (heard, ordinary) =>
      heard.kind === "batch" ? reply.json(200, { records: [{ ID: 1, UserData: "OTHER" }] }) : ordinary(),
    );
    assert.equal(matched(await resolve(keys), "KEY-1"), 1);
  });

  it("sends nothing more once it is cancelled", async () => {
    const keys = await start(500);
    const cancel = new AbortController();
    const resolution = await resolve(keys, { signal: cancel.signal, onProgress: () => cancel.abort() });
    assert.equal(resolution.kind, "cancelled");
    assert.equal(dialler.requests.length, 1 + 1);
  });

  it("fails where the server fails, instead of finding nobody", async () => {
    const keys = await start(5, (heard, ordinary) =>
      heard.kind === "batch" ? reply.json(401, { status: 401, error: "no" }) : ordinary(),
    );
    await assert.rejects(resolve(keys), { name: "TokenRejected" });
  });

  it("also stops looking up IDs once it is cancelled", async () => {
    await start(500, withoutBatch);
    const ids = Array.from({ length: 300 }, (_, at) => at + 1);
    const cancel = new AbortController();
    const found = await resolveIds(connection.client, ids, "", {
      signal: cancel.signal,
      onProgress: (finished) => {
        if (finished === 7) cancel.abort();
      },
    });
    assert.equal(found.size, 7);
    assert.equal(dialler.heard.filter(({ kind }) => kind === "read").length, 7);
  });
});
