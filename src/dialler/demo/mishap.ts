import type { ServerResponse } from "node:http";
import type { WireRecord } from "../api/record/wire";

/** What goes wrong with one request, so that people can see how their own program copes. */
export interface Mishap {
  /** How long the server waits before it answers. */
  readonly delayMs?: number;
  /** The connection is reset instead of an answer: before the request took effect, or after it did. */
  readonly reset?: "before" | "after";
  /** Answers this instead. */
  readonly status?: number;
  readonly body?: WireRecord;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request takes effect although `status` says something else, as behind a proxy that gave up. */
  readonly applied?: boolean;
}

/** Resolves after the time, or as soon as the client has gone. */
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

/** Ends the connection with a reset, as a crashing server or a cut line does. */
export function breakOff(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
