import { Pause } from "../../../dialler/list/pause";

/** Runs a generator to its end and yields to other tasks at intervals. Returns what it returns. */
export async function inSlices<T>(work: Iterator<unknown, T, void>): Promise<T> {
  const pause = new Pause();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause.ifDue();
  }
}
