import { explain } from "../../../dialler/api/explain";
import { plainSentence } from "../../shown/isolated";
import { plainText } from "../../shown/plainText";
import type { Parts } from "./parts";
import { Refusal } from "./refusal";

/** What a command or a tool shows of a failure: one harmless sentence without a secret. */
export function failureSentence({ discreet }: Pick<Parts, "discreet">, error: unknown): string {
  return error instanceof Refusal
    ? plainSentence(discreet(error.message), 500)
    : plainText(discreet(explain(error).sentence), 500);
}

/** The same for the output channel, where a refusal may have a sentence without personal values. */
export function loggedSentence(parts: Pick<Parts, "discreet">, error: unknown): string {
  return error instanceof Refusal
    ? plainText(parts.discreet(error.logged), 500)
    : failureSentence(parts, error);
}
