import type { EntryResult } from "../../../dialler/runs/outcome";
import type { ActingParts } from "./parts";

/** A reason may quote the server, and the server's text may contain the token. */
export function redacted({ secrets }: Pick<ActingParts, "secrets">, result: EntryResult): EntryResult {
  return result.reason === undefined ? result : { ...result, reason: secrets.redact(result.reason) };
}
