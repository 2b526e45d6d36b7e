import { NoSuchContact, NoSuchPath } from "./http/replyErrors";

/** Remembers which spelling of a call this server knows, for the lifetime of the connection. */
export class PathStyles {
  readonly #known = new Map<string, number>();

  /** The spelling of a call that the server answered; undefined before the first answer. */
  known(call: string): number | undefined {
    return this.#known.get(call);
  }

  /**
   * Tries the spellings of a call in turn. Continues only after a 404 that says that the *path* does not exist, because
   * then nothing was changed. Later calls use only the spelling that was answered.
   * @throws the error of the last spelling tried
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
        // A 405 means that the path exists, but not for this method.
        if (!(error instanceof NoSuchPath) || error.status !== 404) throw error;
        // The first spelling is the documented one, so its address is the one to check.
        if (index === first) missing = error;
      }
    }
    throw missing;
  }
}
