import type { NextStep } from "../api/apiError";

/** A command that does not begin, with the sentence that says why and the step that helps. Nothing was sent. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    sentence: string,
    readonly next?: NextStep | "addEndpoint",
  ) {
    super(sentence);
  }
}
