import type { WireRecord } from "../../../dialler/api/record/wire";
import { resultCodesIn } from "./callHistory";

/** What the result codes of each server mean, as far as its records have said. Kept in memory only. */
export class ResultWords {
  readonly #words = new Map<string, string>();

  /** Remembers the codes that a record explains. Returns whether one of them is new. */
  note(baseUrl: string, record: WireRecord): boolean {
    let isNew = false;
    for (const { id, text } of resultCodesIn(record)) {
      if (id === "" || text === "") continue;
      const code = `${id} ${baseUrl}`;
      isNew ||= this.#words.get(code) !== text;
      this.#words.set(code, text);
    }
    return isNew;
  }

  /** Raw text of the server; undefined if no record has said what the code means. */
  of(baseUrl: string, id: number): string | undefined {
    return this.#words.get(`${id} ${baseUrl}`);
  }
}
