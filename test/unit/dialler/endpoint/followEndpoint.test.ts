import assert from "node:assert/strict";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { type Connection, Connector, UnusableEndpoint } from "../../../../src/dialler/endpoint/connect";
import { demoEndpoint, type Endpoint, type ServerEndpoint } from "../../../../src/dialler/endpoint/endpoint";
import {
  type Connects,
  type EndpointState,
  FollowEndpoint,
} from "../../../../src/dialler/endpoint/followEndpoint";
import { token } from "../../../support/dialler/token";

const server = (port: number): ServerEndpoint => ({
  kind: "server",
  name: `server ${port}`,
  baseUrl: `http://127.0.0.1:${port}/rest/v1.0/7/`,
  environment: "test",
  readOnly: false,
  caFile: undefined,
});
const wanted = (endpoint: Endpoint) => ({ kind: "endpoint", endpoint }) as const;

describe("FollowEndpoint", () => {
  let connector: Connector;
  let opened: Connection[];
  let follow: FollowEndpoint;
  let seen: EndpointState[];
  let tokens: Map<string, string>;
  /** Holds connecting to an endpoint up until its promise is fulfilled. */
  let holdUps: Map<string, Promise<void>>;

  beforeEach(() => {
    connector = new Connector({
      secrets: new Secrets(),
      log: { debug: () => undefined, trace: () => undefined },
      limits: () => ({ requestSeconds: 10, listSeconds: 20, listMegabytes: 64, lockField: "" }),
      warn: () => undefined,
    });
    opened = [];
    seen = [];
    tokens = new Map();
    holdUps = new Map();
    const counting: Connects = {
      connect: async (endpoint, token) => {
        const connection = await connector.connect(endpoint, token);
        opened.push(connection);
        await holdUps.get(endpoint.name);
        return connection;
      },
    };
    follow = new FollowEndpoint({ tokenOf: (baseUrl) => Promise.resolve(tokens.get(baseUrl)) }, counting);
    follow.changed.listen((state) => seen.push(state));
  });
  afterEach(async () => {
    follow.dispose();
    await connector.dispose();
  });

  const open = () => opened.filter(({ ended }) => !ended.aborted);
  const kinds = () => seen.map(({ kind }) => kind);
  const giveToken = (endpoint: ServerEndpoint) => tokens.set(endpoint.baseUrl, token);
  const heldUp = (name: string): (() => void) => {
    let release: () => void = () => undefined;
    holdUps.set(name, new Promise<void>((resolve) => (release = resolve)));
    return release;
  };

  it("connects to what is wanted, and says so", async () => {
    assert.deepEqual(follow.state, { kind: "none" });
    await follow.follow(wanted(demoEndpoint));
    assert.deepEqual(kinds(), ["connecting", "connected"]);
    const { state } = follow;
    assert.ok(state.kind === "connected");
    assert.equal(state.connection, opened[0]);
    assert.equal(await follow.settled(), state);
  });

  it("connects nowhere for none and for an unusable endpoint, and lets go of the one before", async () => {
    await follow.follow(wanted(demoEndpoint));
    await follow.follow({ kind: "unusable", name: "x", why: "There is no endpoint x." });
    assert.deepEqual(follow.state, { kind: "unusable", name: "x", why: "There is no endpoint x." });
    assert.deepEqual([opened.length, open().length], [1, 0]);
    await follow.follow({ kind: "none" });
    assert.deepEqual(kinds(), ["connecting", "connected", "unusable", "none"]);
  });

  it("asks for a token where there is none, calmly and without connecting (S12)", async () => {
    const endpoint = server(1);
    await follow.follow(wanted(endpoint));
    assert.deepEqual(follow.state, { kind: "noToken", endpoint });
    assert.equal(opened.length, 0);
    giveToken(endpoint);
    await follow.follow(wanted(endpoint));
    assert.equal(follow.state.kind, "connected");
  });

  it("uses the token of exactly this base URL", async () => {
    tokens.set("http://127.0.0.1:1/rest/v1.0/70/", "another");
    tokens.set("http://127.0.0.1:1/rest/v1.0/7", "without a slash");
    await follow.follow(wanted(server(1)));
    assert.equal(follow.state.kind, "noToken");
  });

  it("says what went wrong where connecting fails, and recovers", async () => {
    const broken = { ...server(1), caFile: "/does/not/exist.pem" };
    giveToken(broken);
    await follow.follow(wanted(broken));
    assert.ok(follow.state.kind === "failed" && follow.state.error instanceof UnusableEndpoint);
    assert.equal(follow.state.endpoint, broken);
    await follow.follow(wanted(server(1)));
    assert.equal(follow.state.kind, "connected");
  });

  it("fails, and does not throw, where tokens cannot be had", async () => {
    const locked = new FollowEndpoint(
      { tokenOf: () => Promise.reject(new Error("keyring locked")) },
      connector,
    );
    await locked.follow(wanted(server(1)));
    assert.ok(locked.state.kind === "failed" && String(locked.state.error).includes("keyring locked"));
    locked.dispose();
  });

  it("has exactly one connection open after a double switch, however late the first is there", async () => {
    const [first, second] = [server(1), server(2)];
    giveToken(first);
    giveToken(second);
    const release = heldUp(first.name);
    const early = follow.follow(wanted(first));
    await follow.follow(wanted(second));
    const { state } = follow;
    assert.ok(state.kind === "connected" && state.endpoint === second);
    release();
    await early;
    assert.equal(follow.state, state);
    assert.deepEqual(
      opened.map(({ endpoint, ended }) => [endpoint.name, ended.aborted]),
      [
        [first.name, true],
        [second.name, false],
      ],
    );
    assert.deepEqual(kinds(), ["connecting", "connecting", "connected"]);
  });

  it("drops also a late failure, and a late lack of a token", async () => {
    const broken = { ...server(1), caFile: "/does/not/exist.pem" };
    giveToken(broken);
    const late = [follow.follow(wanted(broken)), follow.follow(wanted(server(9)))];
    await follow.follow(wanted(demoEndpoint));
    await Promise.all(late);
    assert.ok(follow.state.kind === "connected" && follow.state.endpoint === demoEndpoint);
    assert.ok(!kinds().includes("failed") && !kinds().includes("noToken"));
  });

  it("leaves one connection open and nineteen let go after twenty switches", async () => {
    const endpoints = Array.from({ length: 20 }, (_, at) => server(at + 1));
    endpoints.forEach(giveToken);
    for (const endpoint of endpoints) await follow.follow(wanted(endpoint));
    assert.equal(opened.length, 20);
    assert.deepEqual(open(), opened.slice(-1));

    opened.length = 0;
    const turns = endpoints.map((endpoint) => follow.follow(wanted(endpoint)));
    const state = await follow.settled();
    await Promise.all(turns);
    assert.ok(state.kind === "connected" && state.endpoint === endpoints[19]);
    assert.deepEqual(
      open().map(({ endpoint }) => endpoint),
      [endpoints[19]],
    );
  });

  it("connects anew to the same endpoint, as after a new token", async () => {
    const endpoint = server(1);
    giveToken(endpoint);
    await follow.follow(wanted(endpoint));
    await follow.follow(wanted(endpoint));
    assert.deepEqual(
      opened.map(({ ended }) => ended.aborted),
      [true, false],
    );
  });

  it("has let go of the old connection before it says that it changed", async () => {
    await follow.follow(wanted(demoEndpoint));
    let openAtChange = -1;
    follow.changed.listen((state) => {
      if (state.kind === "none") openAtChange = open().length;
    });
    await follow.follow({ kind: "none" });
    assert.equal(openAtChange, 0);
  });

  it("settles only when the last switch has", async () => {
    const endpoint = server(1);
    giveToken(endpoint);
    const release = heldUp(endpoint.name);
    void follow.follow(wanted(endpoint));
    const settling = follow.settled();
    const last = follow.follow(wanted(demoEndpoint));
    release();
    assert.ok((await settling).kind === "connected");
    await last;
    assert.ok(follow.state.kind === "connected" && follow.state.endpoint === demoEndpoint);
    assert.equal((await settling).kind, "connected");
  });

  it("settles where a listener switches once more", async () => {
    follow.changed.listen((state) => {
      if (state.kind === "connecting" && state.endpoint !== demoEndpoint)
        void follow.follow(wanted(demoEndpoint));
    });
    giveToken(server(1));
    void follow.follow(wanted(server(1)));
    const state = await follow.settled();
    assert.ok(state.kind === "connected" && state.endpoint === demoEndpoint);
    assert.equal(open().length, 1);
  });

  it("lets go of everything when it ends, also of a connection that comes later", async () => {
    const endpoint = server(1);
    giveToken(endpoint);
    const release = heldUp(endpoint.name);
    const late = follow.follow(wanted(endpoint));
    follow.dispose();
    release();
    await late;
    assert.deepEqual([opened.length, open().length], [1, 0]);
    assert.equal(follow.state.kind, "none");
  });
});
