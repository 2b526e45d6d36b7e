import { performance } from "node:perf_hooks";

/** Time that does not jump when the clock of the computer is set. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** True after `ms`; false as soon as the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** Full jitter: a random time up to half a second, doubled with every repeat, at most 8 s. */
export function backOffMs(repeats: number, random: number): number {
  return Math.round(random * Math.min(8000, 500 * 2 ** repeats));
}

/** The longest wait for a single request. A run accepts longer ones, because it can show until when it pauses. */
export const longestWaitMs = 60_000;

/** Longer timers fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** True after `ms`; false as soon as the signal aborts. */
export function waitFor(ms: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve(false);
      return;
    }
    const done = (whole: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancelled);
      resolve(whole);
    };
    const cancelled = (): void => done(false);
    const timer = setTimeout(() => done(true), Math.min(ms, longestTimerMs));
    signal?.addEventListener("abort", cancelled);
  });
}

export const monotonicClock: Clock = { now: () => performance.now(), wait: waitFor };

/**
 * Milliseconds to wait according to a Retry-After header (seconds or an HTTP date); undefined if it is neither. A date is
 * compared with the server's own `Date` header, because its clock may differ from this computer's.
 */
export function retryAfterMs(
  header: string | undefined,
  serverDate?: string,
  now = Date.now(),
): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = httpDate(text);
  return at === undefined ? undefined : Math.max(0, at - (httpDate(serverDate?.trim() ?? "") ?? now));
}

function httpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
