import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";
import { TLSSocket } from "node:tls";
import { isTlsRecord, unwantedUpgrade } from "./failureCodes";

/** What the sockets show about a request. */
export interface Overheard {
  /** The answer came outside TLS. For an https request it is a proxy's, and the server received nothing. */
  inTheClear: boolean;
  /** The request waits for its connection, or for https for the handshake: nothing of it has been sent. */
  connecting: boolean;
  /** The answer was TLS, though the request was not. The server did not understand it. */
  tlsAnswered: boolean;
}

const calls = new AsyncLocalStorage<Overheard>();

// A proxy agent passes a refused CONNECT on as if the server had answered. Only the socket shows the difference.
subscribe("http.client.response.finish", (message) => {
  const call = calls.getStore();
  const socket = socketOf(message);
  if (call !== undefined && socket !== undefined) call.inTheClear = !(socket instanceof TLSSocket);
});

// Published as soon as the request has a socket, which may still be connecting.
subscribe("http.client.request.start", (message) => {
  const call = calls.getStore();
  const socket = socketOf(message);
  if (call === undefined || socket === undefined) return;
  // Without a listener, the request would wait for its deadline.
  requestOf(message)?.once("upgrade", (answer, upgraded) => {
    upgraded.destroy();
    const error = new Error(`HTTP ${answer.statusCode ?? "-"} was not requested`);
    requestOf(message)?.emit("error", Object.assign(error, { code: unwantedUpgrade }));
  });
  requestOf(message)?.once("error", (error) => {
    call.tlsAnswered ||= isTlsRecord(Reflect.get(error, "rawPacket"));
  });
  const isSecuring = socket instanceof TLSSocket && Reflect.get(socket, "secureConnecting") === true;
  if (!socket.connecting && !isSecuring) return;
  call.connecting = true;
  socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", () => (call.connecting = false));
});

function requestOf(message: unknown): ClientRequest | undefined {
  const request: unknown =
    typeof message === "object" && message !== null ? Reflect.get(message, "request") : undefined;
  return request instanceof ClientRequest ? request : undefined;
}

function socketOf(message: unknown): NonNullable<ClientRequest["socket"]> | undefined {
  return requestOf(message)?.socket ?? undefined;
}

/** Sends a request and observes the connection that it and its answer use. */
export function overhear<T>(call: Overheard, send: () => Promise<T>): Promise<T> {
  return calls.run(call, send);
}

/** Whether VS Code's proxy agent failed to connect: the proxy is unreachable, or closed the connection. */
export function isProxyUnreachable(cause: unknown): boolean {
  return (
    cause instanceof Error && cause.message.includes("Failed to establish a socket connection to proxies")
  );
}
