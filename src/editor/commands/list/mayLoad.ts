import type { Parts } from "../call/parts";

/** More campaigns than this are only read after a question: a lot of data, and a lot of work for the server. */
const unasked = 20;

/** Whether the contacts of so many campaigns may be read at once: many only after a question. */
export async function mayLoad({ ask }: Pick<Parts, "ask">, campaigns: number): Promise<boolean> {
  return campaigns <= unasked || ask.loadAll(campaigns);
}
