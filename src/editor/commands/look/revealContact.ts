import * as l10n from "../../../l10n";
import { documentTarget } from "../call/documentTarget";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Shows the document of a contact whole until it is closed: without mask, and with bank data. */
export function revealContact({ documents }: Parts, args: readonly unknown[]): Promise<void> {
  const target = documentTarget(args);
  if (target === undefined || !documents.reveal(target.uri))
    throw new Refusal(l10n.t("The document has no record yet. Press Refresh first."));
  return Promise.resolve();
}
