import assert from "node:assert/strict";
import type { Connection } from "../../../../../src/dialler/endpoint/connect";
import {
  demoEndpoint,
  type EndpointReading,
  type ServerEndpoint,
} from "../../../../../src/dialler/endpoint/endpoint";
import type { EndpointState } from "../../../../../src/dialler/endpoint/followEndpoint";
import {
  onServerOf,
  type ReachParts,
  refuseChanged,
} from "../../../../../src/editor/commands/call/onServerOf";
import { Refusal } from "../../../../../src/editor/commands/call/refusal";
import * as reply from "../../../../support/dialler/scriptedReply";
import { connectorOf, type SmallDialler, startSmallDialler } from "../../../../support/dialler/smallDialler";
import { token } from "../../../../support/dialler/token";

describe("what reaches the server of a document", () => {
  let own: SmallDialler;
  let active: SmallDialler;
  let listed: Connection;
  let ownUrl: string;

  before(async () => {
    own = await startSmallDialler(3);
    active = await startSmallDialler(3);
    listed = await active.connect({ name: "second" });
    ownUrl = (await own.connect()).baseUrl;
  });

  after(async () => {
    listed.dispose();
    await own.stop();
    await active.stop();
  });

  const server = (change: Partial<ServerEndpoint> = {}): ServerEndpoint => ({
    ...{ kind: "server", name: "test", baseUrl: ownUrl, environment: "test" },
    ...{ readOnly: false, caFile: undefined, ...change },
  });
  const read = (change: Partial<ServerEndpoint> = {}): EndpointReading => ({
    ok: true,
    endpoint: server(change),
  });
  const parts = (all: readonly EndpointReading[], change: Partial<ReachParts> = {}): ReachParts => {
    const state: EndpointState = { kind: "connected", endpoint: listed.endpoint, connection: listed };
    return {
      isTrusted: () => true,
      follow: { settled: () => Promise.resolve(state) },
      endpoints: { all },
      vault: { tokenOf: (url) => Promise.resolve(url === ownUrl ? token : undefined) },
      connector: connectorOf(),
      ...change,
    };
  };
  const key = (endpoint = "test") => ({ endpoint, baseUrl: ownUrl, id: 2 });
  const refusedWith = async (given: ReachParts, sentence: RegExp, endpoint?: string): Promise<void> => {
    const sent = own.heard.length + active.heard.length;
    await assert.rejects(
      onServerOf(given, key(endpoint), ({ client }) => client.getContact(2)),
      (error) => error instanceof Refusal && sentence.test(error.message),
    );
    assert.equal(own.heard.length + active.heard.length, sent);
  };

  it("is the active connection where it is that of the document", async () => {
    const met = await onServerOf(parts([]), { ...key(), baseUrl: listed.baseUrl }, (one) =>
      Promise.resolve(one),
    );
    assert.equal(met, listed);
    assert.equal(listed.ended.aborted, false);
  });

  it("is else a connection of its own, with what the settings say now, that ends with the action", async () => {
    const changed = read({ environment: "production", readOnly: true });
    const met = await onServerOf(parts([changed]), key(), async (connection) => {
      assert.equal((await connection.client.getContact(2)).ID, 2);
      assert.equal(connection.ended.aborted, false);
      return connection;
    });
    assert.deepEqual([met.endpoint.environment, met.endpoint.readOnly], ["production", true]);
    assert.deepEqual([met.ended.aborted, own.idsOf("read"), active.heard.length], [true, [2], 0]);
  });

  it("ends the connection also when the action fails", async () => {
    let met: Connection | undefined;
    const failing = onServerOf(parts([read()]), key(), (connection) => {
      met = connection;
      return Promise.reject(new Error("no"));
    });
    await assert.rejects(failing, /no/);
    assert.equal(met?.ended.aborted, true);
  });

  it("is refused when the endpoint is not in the settings any more, is another server, or cannot be used", async () => {
    await refusedWith(parts([read({ name: "other" })]), /^The endpoint test is no longer in the settings/);
    await refusedWith(
      parts([read({ baseUrl: listed.baseUrl })]),
      /^The endpoint test has another base URL now/,
    );
    await refusedWith(
      parts([{ ok: false, name: "test", why: "No." }]),
      /^The endpoint test cannot be used: No\.$/,
    );
  });

  it("is refused without a token, and in Restricted Mode", async () => {
    const none = { tokenOf: () => Promise.resolve(undefined) };
    await refusedWith(parts([read()], { vault: none }), /^There is no token for the endpoint test yet/);
    await refusedWith(parts([read()], { isTrusted: () => false }), /Restricted Mode/);
  });

  it("is found by a name that a path cannot hold, and is the one with the same base URL where two look alike", async () => {
    const all = [read({ name: "a/b", baseUrl: listed.baseUrl }), read({ name: "a?b" })];
    const met = await onServerOf(parts(all), key("a_b"), (connection) => Promise.resolve(connection));
    assert.equal(met.endpoint.name, "a?b");
  });

  it("is not the demo dialler of another session", async () => {
    const connector = connectorOf();
    await refusedWith(
      parts([], { connector }),
      /^This contact was on the demo dialler of an earlier session/,
      "Demo",
    );
    const demo = await connector.connect(demoEndpoint, "");
    const met = await onServerOf(parts([], { connector }), { ...key("Demo"), baseUrl: demo.baseUrl }, (one) =>
      Promise.resolve(one.baseUrl),
    );
    assert.equal(met, demo.baseUrl);
    await connector.dispose();
  });

  it("leads to the endpoint, and not to the active endpoint's token, when the token is rejected", async () => {
    own.script = () => reply.json(401, { status: 401, error: "Invalid token" });
    await assert.rejects(
      onServerOf(parts([read()]), key(), ({ client }) => client.getContact(2)),
      (error) => error instanceof Refusal && error.next === "switchEndpoint",
    );
  });

  it("sends nothing once the settings of the endpoint have changed while the question was open", async () => {
    const connection = await own.connect({ baseUrl: ownUrl });
    assert.doesNotThrow(() => refuseChanged(parts([read()]), key(), connection));
    for (const all of [[], [read({ readOnly: true })], [read({ environment: "production" })]])
      assert.throws(() => refuseChanged(parts(all), key(), connection), Refusal);
    connection.dispose();
  });
});
