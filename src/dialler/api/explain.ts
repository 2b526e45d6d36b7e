import * as l10n from "../../l10n";
import { ApiError, type Explanation } from "./http/apiError";
import { InvalidKey } from "./record/key";

/** The sentence and the next step for any thrown value. */
export function explain(error: unknown): Explanation {
  if (error instanceof ApiError) return { sentence: error.sentence, next: error.next };
  if (error instanceof InvalidKey) return { sentence: error.message, next: "retry" };
  const reason = error instanceof Error ? error.message : String(error);
  return { sentence: l10n.t("Something unexpected happened: {reason}", { reason }), next: "showLog" };
}
