import type { ContactRow } from "../../../dialler/list/rows";

/** A key that is held down repeats faster than this, for the first time too. */
const repeatWithinMs = 600;

interface Press {
  readonly command: string;
  readonly rows: readonly ContactRow[];
  isRunning: boolean;
  /** When its key was last pressed. */
  at: number;
}

/** The keys pressed in the Contacts view: what each one runs, once for a key that repeats. */
export class ListKeys {
  #count = 0;
  #presses: readonly Press[] = [];

  constructor(readonly now: () => number = () => performance.now()) {}

  /** How many keys were pressed, repeats included. */
  get count(): number {
    return this.#count;
  }

  /** A key was pressed, whatever it will act on. */
  note(): void {
    this.#count++;
  }

  /**
   * Runs what a key stands for, unless the last key on the same rows stood for the same command and is still at work or
   * was pressed a moment ago: then it is the same press, repeated. A command that `asks` ends with the answer to its
   * question, so that a key pressed after it is no repeat.
   */
  async press(
    command: string,
    rows: readonly ContactRow[],
    asks: boolean,
    act: () => Promise<unknown>,
  ): Promise<unknown> {
    const at = this.now();
    this.#presses = this.#presses.filter((press) => press.isRunning || at - press.at < repeatWithinMs);
    const last = this.#presses.find((press) => isSame(press.rows, rows));
    if (last?.command === command) {
      last.at = at;
      return undefined;
    }
    const press: Press = { command, rows, isRunning: true, at };
    this.#presses = [...this.#presses.filter((other) => other !== last), press];
    try {
      return await act();
    } finally {
      press.isRunning = false;
      if (asks) this.#presses = this.#presses.filter((other) => other !== press);
    }
  }

  /** Another command was run: a key pressed after it is no repeat of one that has ended before it. */
  noteOther(): void {
    this.#presses = this.#presses.filter(({ isRunning }) => isRunning);
  }
}

function isSame(some: readonly ContactRow[], others: readonly ContactRow[]): boolean {
  const these = new Set(some);
  return some.length === others.length && others.every((row) => these.has(row));
}
