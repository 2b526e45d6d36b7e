import type { Parts } from "../call/parts";

/** More campaigns than this are read only after a question: a lot of data and a lot of work for the server. */
const unasked = 20;

/** Whether the contacts of `campaigns` campaigns may be read at once; above a limit the person is asked. */
export async function mayLoad({ ask }: Pick<Parts, "ask">, campaigns: number): Promise<boolean> {
  return campaigns <= unasked || ask.loadAll(campaigns);
}
