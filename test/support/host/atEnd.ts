import { constants } from "node:os";

const actions = new Set<() => void>();

/** Does something when this process ends, also by a signal; the answer takes it back. The action must not wait. */
export function atEnd(action: () => void): () => void {
  listen();
  actions.add(action);
  return () => actions.delete(action);
}

let listening = false;

function listen(): void {
  if (listening) return;
  listening = true;
  process.once("exit", () => {
    for (const action of actions) action();
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
