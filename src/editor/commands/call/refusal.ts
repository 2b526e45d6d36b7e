import * as l10n from "../../../l10n";
import type { NextStep } from "../../../dialler/api/http/apiError";

/** What helps where a command does not begin: also what the tree offers in a welcome text. */
export type RefusalStep = NextStep | "addEndpoint" | "switchEndpoint" | "manageTrust";

/** A command that does not begin, with the sentence that says why and the step that helps. Nothing was sent. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    sentence: string,
    readonly next?: RefusalStep,
  ) {
    super(sentence);
  }
}

/** No look-up of this server can be trusted to find a UserData. */
export function cannotLookUp(): Refusal {
  return new Refusal(
    l10n.t(
      "The server could not say which contacts have this UserData. Nothing was sent. Use the ID, or the command that acts by UserData directly.",
    ),
  );
}
