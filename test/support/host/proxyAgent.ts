// The road through a proxy as VS Code's own agent takes it, for tests that run outside of VS Code.
import https, { Agent, type AgentOptions } from "node:https";
import { connect, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

/**
 * Every https request of this process goes through the proxy on this port, until the returned function is called. `ca`:
 * trusted behind it. `isSecure`: the proxy uses https, with a certificate that must be one of the system's.
 */
export function useProxy(port: number, ca: string, isSecure = false): () => void {
  const { globalAgent } = https;
  https.globalAgent = new ProxyAgent(port, ca, isSecure);
  return () => {
    https.globalAgent = globalAgent;
  };
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** Asks the proxy with CONNECT; hands a refusal on as if it were the server's answer, on a socket of its own. */
class ProxyAgent extends Agent {
  constructor(
    readonly proxyPort: number,
    readonly trusted: string,
    readonly isSecure: boolean,
  ) {
    super();
  }

  override createConnection(options: AgentOptions & ConnectionOptions, connected?: Connected): undefined {
    this.#connect(options).then(
      (socket) => connected?.(null, socket),
      (error: unknown) => {
        const why = `Failed to establish a socket connection to proxies: PROXY 127.0.0.1:${this.proxyPort}`;
        connected?.(new Error(why, { cause: error }), new Socket());
      },
    );
  }

  async #connect(options: ConnectionOptions): Promise<Duplex> {
    const at = { port: this.proxyPort, host: "127.0.0.1" };
    const socket = this.isSecure ? connectTls(at) : connect(at);
    const target = `${options.host ?? ""}:${options.port ?? 443}`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Connection: close\r\n\r\n`);
    const answer = await firstBytes(socket);
    if (answer.toString("latin1").startsWith("HTTP/1.1 200"))
      return connectTls({ ...options, socket, ca: this.trusted });
    socket.destroy();
    const replayed = new Socket({ writable: false });
    setImmediate(() => {
      replayed.push(answer);
      replayed.push(null);
    });
    return replayed;
  }
}

function firstBytes(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once("data", (bytes: Buffer) => {
      socket.pause();
      resolve(bytes);
    });
    socket.once("error", reject);
    socket.once("end", () => reject(new Error("Proxy connection ended before receiving CONNECT response")));
  });
}
