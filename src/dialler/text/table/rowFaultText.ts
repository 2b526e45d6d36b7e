import * as l10n from "../../../l10n";
import type { RowFault } from "./rowSpans";

/** Why no part of a row is used, as a clause without any of its text. */
export function rowFaultText(fault: RowFault): string {
  return {
    openQuote: l10n.t("a quotation mark opens and never closes"),
    strayQuote: l10n.t("a quotation mark stands in the middle of a cell"),
    bytes: l10n.t("it has bytes that are no text in the file's encoding"),
    cellCount: l10n.t("it has another number of cells than the header"),
    uncertainEnd: l10n.t("the line beside it may be a part of it"),
    noRecord: l10n.t("it is not a record"),
  }[fault];
}
