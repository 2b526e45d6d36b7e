import type { ServerResponse } from "node:http";
import type { WireRecord } from "../api/record/wire";

/** A fault of one request, to test how a client handles it. */
export interface Mishap {
  /** How long the server waits before it answers. */
  readonly delayMs?: number;
  /** Resets the connection instead of answering, before or after the request takes effect. */
  readonly reset?: "before" | "after";
  /** Sent instead of the normal answer. */
  readonly status?: number;
  readonly body?: WireRecord;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request takes effect although `status` says otherwise, as behind a proxy that timed out. */
  readonly applied?: boolean;
}

/** Resolves after the time, or as soon as the client disconnects. */
export function delay(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      response.off("close", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    response.once("close", over);
  });
}

/** Resets the connection, as after a crash or a network failure. */
export function breakOff(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
