import { setImmediate as nextTurn } from "node:timers/promises";

/** The longest time to work before other tasks have their turn. */
const workMs = 12;

/** Runs a generator to its end and yields to other tasks at intervals. Returns what it returns. */
export async function inSlices<T>(work: Iterator<unknown, T, void>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < workMs) continue;
    await nextTurn();
    began = performance.now();
  }
}
