import { setImmediate as nextTurn } from "node:timers/promises";

/** Work at most this long before other things have a turn. */
const workMs = 12;

/** Lets other things have a turn once in a while. */
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
