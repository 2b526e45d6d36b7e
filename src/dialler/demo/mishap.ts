import type { ServerResponse } from "node:http";
import type { WireRecord } from "../api/record/wire";
import type { Reply } from "./reply";

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
  /**
   * A change takes effect so long after it arrived, even if the client is gone by then. Without a `status` it is
   * answered then.
   */
  readonly appliedAfterMs?: number;
  /** A proxy sends the request so many times more. The last answer arrives. */
  readonly repeated?: number;
  /** A cache answers every GET of this path with the first answer. */
  readonly cached?: boolean;
}

/** What a server does with requests to which something happens. */
export class Mishaps {
  readonly #cache = new Map<string, Reply>();

  /** The answer to a request, whose path includes the query; `execute` does what it asks for. */
  async replyWith(
    mishap: Mishap | undefined,
    { method, path }: { readonly method: string; readonly path: string },
    execute: () => Reply,
    response: ServerResponse,
  ): Promise<Reply | "reset"> {
    if (mishap === undefined) return execute();
    const { delayMs, reset, status, body, headers, applied = false, appliedAfterMs } = mishap;
    const isLate = appliedAfterMs !== undefined && isChange(method, path);
    const late = isLate ? after(appliedAfterMs, execute) : undefined;
    if (delayMs !== undefined) await delay(delayMs, response);
    if (reset === "before") return "reset";
    if (status === undefined) {
      const reply = await (late ?? this.#executed(mishap, { method, path }, execute));
      return reset === "after" ? "reset" : reply;
    }
    if (applied && late === undefined) execute();
    const more = headers === undefined ? {} : { headers };
    return body === undefined ? { kind: "empty", status, ...more } : { kind: "json", status, body, ...more };
  }

  #executed(
    { repeated = 0, cached = false }: Mishap,
    { method, path }: { readonly method: string; readonly path: string },
    execute: () => Reply,
  ): Reply {
    for (let time = 0; time < repeated; time++) execute();
    if (!cached || method !== "GET") return execute();
    const first = this.#cache.get(path) ?? execute();
    this.#cache.set(path, first);
    return first;
  }
}

/** A batch read is a POST, too. */
function isChange(method: string, path: string): boolean {
  return method === "DELETE" || method === "PATCH" || (method === "POST" && path.includes("/import"));
}

function after(ms: number, execute: () => Reply): Promise<Reply> {
  return new Promise((resolve) => {
    // What is still to be done ends with the program.
    setTimeout(() => resolve(execute()), ms).unref();
  });
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
