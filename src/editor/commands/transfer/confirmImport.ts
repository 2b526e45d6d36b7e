import { phraseOf } from "../../../dialler/runs/confirmationRule";
import { chosenOf, type ImportItem } from "../../../dialler/transfer/importPlan";
import type { AsideRow } from "../../../dialler/transfer/importRows";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { type ImportPreview, importDryRunText, importPreviewText } from "../ask/importPreview";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** Importing more rows than this needs a typed phrase. */
const importedByClick = 50;

/** The rows that a person agreed to import, frozen, and those that are left out. */
export interface ConfirmedImport {
  readonly items: readonly ImportItem[];
  readonly aside: readonly AsideRow[];
}

/** Shows every row and asks; undefined when nothing is to be sent. @throws Refusal when no row could be */
export async function confirmImport(
  { ask, documents }: Parts,
  connection: Connection,
  preview: ImportPreview,
): Promise<ConfirmedImport | undefined> {
  await documents.showText(l10n.t("Preview"), importPreviewText(preview));
  const { fresh, existing } = preview.plan;
  if (fresh.length + existing.length === 0) {
    throw new Refusal(l10n.t("No row of this file can be imported; the preview says why. Nothing was sent."));
  }
  for (;;) {
    const answer = await ask.acceptImport(preview);
    if (answer === undefined) return undefined;
    if (answer === "dryRun") {
      await documents.showText(l10n.t("Dry Run"), importDryRunText(preview, connection));
      return undefined;
    }
    if (answer === "read") {
      if (!(await ask.afterReadingImport())) return undefined;
      continue;
    }
    const chosen = chosenOf(preview.plan, answer === "overwrite");
    const count = chosen.items.length;
    if (!preview.place.production && count <= importedByClick) return chosen;
    const phrase = phraseOf(connection.endpoint.name, count);
    return (await ask.typedImport(phrase, count, preview.place)) ? chosen : undefined;
  }
}
