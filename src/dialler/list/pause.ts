import { setImmediate as nextTurn } from "node:timers/promises";

/** The longest time to work before yielding to other tasks. */
const workMs = 12;

/** Yields to other tasks at intervals. */
export class Pause {
  #began = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#began >= workMs;
  }

  async ifDue(): Promise<void> {
    if (!this.isDue) return;
    await nextTurn();
    this.#began = performance.now();
  }
}
