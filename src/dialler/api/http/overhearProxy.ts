import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";
import { TLSSocket } from "node:tls";

/** A value together with what the socket showed about the answer. */
export interface Overheard<T> {
  readonly value: T;
  /** The answer came outside TLS. For an https request it is a proxy's, and the server received nothing. */
  readonly inTheClear: boolean;
}

const calls = new AsyncLocalStorage<{ inTheClear: boolean }>();

// A proxy agent passes a refused CONNECT on as if the server had answered. Only the socket shows the difference.
subscribe("http.client.response.finish", (message) => {
  const call = calls.getStore();
  if (call === undefined || typeof message !== "object" || message === null) return;
  const request: unknown = Reflect.get(message, "request");
  if (request instanceof ClientRequest && request.socket !== null)
    call.inTheClear = !(request.socket instanceof TLSSocket);
});

/** Sends a request and observes the kind of connection that its answer comes over. */
export async function overhear<T>(send: () => Promise<T>): Promise<Overheard<T>> {
  const call = { inTheClear: false };
  const value = await calls.run(call, send);
  return { value, inTheClear: call.inTheClear };
}

/** Whether VS Code's proxy agent failed to connect: the proxy is unreachable, or closed the connection. */
export function isProxyUnreachable(cause: unknown): boolean {
  return (
    cause instanceof Error && cause.message.includes("Failed to establish a socket connection to proxies")
  );
}
