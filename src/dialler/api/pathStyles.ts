import { NoSuchContact, NoSuchPath } from "./http/replyErrors";

/** Remembers which spelling of a call this server knows, for as long as the connection lives. */
export class PathStyles {
  readonly #known = new Map<string, number>();

  /** Which spelling of a call was answered; undefined before one was. */
  known(call: string): number | undefined {
    return this.#known.get(call);
  }

  /**
   * Tries the spellings of a call in turn, going on only after a 404 that tells of no such *path*: then nothing was
   * changed. The one that was answered is the only one tried afterwards. @throws whatever the last one tried throws
   */
  async tryInTurn<T>(call: string, spellings: readonly (() => Promise<T>)[]): Promise<T> {
    const known = this.#known.get(call);
    const first = known ?? 0;
    const last = known ?? spellings.length - 1;
    let missing: unknown = new Error(`${call} has no spelling`);
    for (let index = first; index <= last; index++) {
      const spelling = spellings[index];
      if (spelling === undefined) break;
      try {
        const result = await spelling();
        this.#known.set(call, index);
        return result;
      } catch (error) {
        if (error instanceof NoSuchContact) this.#known.set(call, index);
        // After a 405 the path exists, though not for this method.
        if (!(error instanceof NoSuchPath) || error.status !== 404) throw error;
        // The first spelling is the documented one: its address is what a person should check.
        if (index === first) missing = error;
      }
    }
    throw missing;
  }
}
