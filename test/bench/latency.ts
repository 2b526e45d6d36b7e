/** How long the server of the bench takes for a change. */
export const latencyMs = 20;
/** How many requests a run has in flight. */
export const concurrency = 8;
