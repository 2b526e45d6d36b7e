import type { EntryResult } from "../../../dialler/runs/outcome";
import { linesOf, type LoggedAction } from "../../../dialler/runs/resultLine";
import type { ActingParts } from "./parts";

/** Writes one line per result to the output channel. */
export function sayResults(
  { channel }: Pick<ActingParts, "channel">,
  action: LoggedAction,
  endpoint: string,
  results: readonly EntryResult[],
): void {
  for (const { level, line } of linesOf(action, endpoint, results)) channel.say(level, line);
}
