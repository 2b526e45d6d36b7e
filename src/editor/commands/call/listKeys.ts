/** Stands for the rows that a key pressed in the list applies to, as the argument of a command. */
export const listKey: unique symbol = Symbol("listKey");

/**
 * Notices keys that are pressed in the Contacts view. VS Code passes no argument to a command that a key runs, so that it
 * looks like one from the palette. Each such key therefore runs `dialler.list.key` first.
 */
export class ListKeys {
  #pressed = false;

  press(): void {
    this.#pressed = true;
  }

  /** Whether a key was pressed and its command has not run yet. */
  get isPressed(): boolean {
    return this.#pressed;
  }

  /** The arguments of a command that keys run, with what the key stands for if one was pressed. Later commands are not affected. */
  argumentsOf(args: readonly unknown[]): readonly unknown[] {
    const pressed = this.#pressed;
    this.#pressed = false;
    return pressed && args.length === 0 ? [listKey] : args;
  }
}
