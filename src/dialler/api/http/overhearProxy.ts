import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";
import { TLSSocket } from "node:tls";

/** What was seen of an answer besides what the HTTP library tells. */
export interface Overheard<T> {
  readonly value: T;
  /** The answer came outside of TLS. Asked for by https, it is a proxy's, and nothing was sent to the server. */
  readonly inTheClear: boolean;
}

const calls = new AsyncLocalStorage<{ inTheClear: boolean }>();

// A proxy agent hands a refused CONNECT on as if the server had answered; only the socket tells the difference.
subscribe("http.client.response.finish", (message) => {
  const call = calls.getStore();
  if (call === undefined || typeof message !== "object" || message === null) return;
  const request: unknown = Reflect.get(message, "request");
  if (request instanceof ClientRequest && request.socket !== null)
    call.inTheClear = !(request.socket instanceof TLSSocket);
});

/** Sends a request and overhears over what kind of connection its answer comes. */
export async function overhear<T>(send: () => Promise<T>): Promise<Overheard<T>> {
  const call = { inTheClear: false };
  const value = await calls.run(call, send);
  return { value, inTheClear: call.inTheClear };
}

/** Whether VS Code's proxy agent gave up before it had a connection: the proxy is not there, or hung up. */
export function isWithoutWay(cause: unknown): boolean {
  return (
    cause instanceof Error && cause.message.includes("Failed to establish a socket connection to proxies")
  );
}
