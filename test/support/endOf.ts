/** What a generator returns when it is driven to its end. */
export function endOf<T>(work: Iterator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
