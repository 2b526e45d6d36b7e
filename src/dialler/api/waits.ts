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

/** Milliseconds to wait according to a Retry-After header (seconds or an HTTP date); undefined if it is neither. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
