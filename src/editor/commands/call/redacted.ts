import type { EntryResult } from "../../../dialler/runs/outcome";
import type { ActingParts } from "./parts";

/** A reason may hold what the server says, and a server may say the token. */
export function redacted({ secrets }: Pick<ActingParts, "secrets">, result: EntryResult): EntryResult {
  return result.reason === undefined ? result : { ...result, reason: secrets.redact(result.reason) };
}
