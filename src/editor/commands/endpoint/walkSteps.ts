/** How a step ended; undefined: the person gave up. */
export type StepEnd = "next" | "back" | undefined;

/** Walks through steps, forwards and backwards, starting at one of them. False: the person gave up. */
export async function walkSteps(steps: readonly (() => Promise<StepEnd>)[], start = 0): Promise<boolean> {
  let at = start;
  for (;;) {
    const step = steps[at];
    if (step === undefined) return true;
    const end = await step();
    if (end === undefined) return false;
    at = end === "next" ? at + 1 : Math.max(0, at - 1);
  }
}
