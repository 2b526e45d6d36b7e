import { type Clock, waitFor } from "../../../src/dialler/api/waits";

/** A clock on which so many seconds pass in one. What a test waits for on it must not depend on single milliseconds. */
export function quickClock(times: number): Clock {
  return {
    now: () => performance.now() * times,
    wait: (ms, signal) => waitFor(ms / times, signal),
  };
}
