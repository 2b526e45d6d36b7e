import { Agent as PlainAgent, globalAgent as plainGlobalAgent } from "node:http";
import { Agent, globalAgent } from "node:https";
import { performance } from "node:perf_hooks";
import type { Duplex } from "node:stream";
import { rootCertificates } from "node:tls";

/** The server to connect to. */
export interface Server {
  /** Canonical: ends with `/`. */
  readonly baseUrl: string;
  /** A certification authority (PEM) trusted in addition to the system's. */
  readonly ca?: string;
  /** False where VS Code sends only requests without an agent through its proxy. True if left out. */
  ownAgent?(): boolean;
}

/** Servers and firewalls close idle connections without a word, so that a request on one would be lost. */
const longestIdleMs = 1000;
/** One for each server that is used: every connection of its own would parse all authorities once more. */
const agents = new WeakMap<Server, PlainAgent | Agent>();

/**
 * The agent for a request, and no connection that is idle for too long; `isNew`: none that exists. VS Code may replace
 * the agent by the global one, whose connections to this server are closed by the same rule.
 */
export function agentFor(server: Server, isNew: boolean): { readonly agent?: PlainAgent | Agent } {
  const { protocol, hostname, port } = new URL(server.baseUrl);
  const isTls = protocol === "https:";
  const name = `${hostname.replace(/^\[|\]$/g, "")}:${port === "" ? (isTls ? 443 : 80) : port}:`;
  closeIdle(watched(isTls ? globalAgent : plainGlobalAgent), isNew ? 0 : longestIdleMs, name);
  if (server.ownAgent?.() === false) return {};
  if (isNew) return { agent: newAgent(server, false) };
  const agent = agents.get(server) ?? watched(newAgent(server, true));
  agents.set(server, agent);
  closeIdle(agent, longestIdleMs, "");
  return { agent };
}

function newAgent({ baseUrl, ca }: Server, keepAlive: boolean): PlainAgent | Agent {
  // An idle connection is closed at its timeout; one in use is not.
  const options = { keepAlive, ...(keepAlive ? { timeout: longestIdleMs } : {}) };
  return baseUrl.startsWith("https:")
    ? new OneServerAgent({ ...options, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) })
    : new PlainAgent(options);
}

/** Node names a connection by all its authorities, which takes longer than a request. Here they are always the same. */
class OneServerAgent extends Agent {
  override getName(): string {
    return "";
  }
}

const freeSince = new WeakMap<Duplex, number>();
const watchedAgents = new WeakSet<PlainAgent>();

/** Notes from now on since when the agent's connections are idle. */
function watched<T extends PlainAgent>(agent: T): T {
  if (watchedAgents.has(agent)) return agent;
  watchedAgents.add(agent);
  agent.on("free", (socket: Duplex) => freeSince.set(socket, performance.now()));
  return agent;
}

/** After long work or sleep, a request may come before the timers that close idle connections. */
function closeIdle(agent: PlainAgent, longestMs: number, prefix: string): void {
  const earliest = performance.now() - longestMs;
  for (const [name, sockets] of Object.entries(agent.freeSockets)) {
    if (!name.startsWith(prefix)) continue;
    for (const socket of sockets ?? []) if ((freeSince.get(socket) ?? 0) <= earliest) socket.destroy();
  }
}
