import type { Workbench } from "./workbench";

/** Picks a source of a list, and then its digits as IDs of the dialler, which is what the look-up suggests. */
export async function pickIds(workbench: Workbench, source: string): Promise<void> {
  await workbench.quickInput.pick(source);
  await workbench.quickInput.pick("IDs of the dialler");
}
