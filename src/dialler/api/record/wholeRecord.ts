import { isUtf8 } from "node:buffer";
import * as l10n from "../../../l10n";
import { readExactly } from "./exactJson";
import { deepestKept, isNestedTooDeep } from "./nesting";
import type { WireRecord } from "./wire";

/** What a record lost when it was decoded: bytes that are no characters, or digits of a number. */
export type Loss = "characters" | "digits";

/** A record is not changed by being marked, because it is shown, exported and compared as it is. */
const utf8 = new TextDecoder();
const losses = new WeakMap<WireRecord, Loss>();

/** A JSON text from its bytes, and what was lost in decoding it. @throws SyntaxError */
export function decodedJson(bytes: Uint8Array): { readonly value: unknown; readonly loss: Loss | undefined } {
  const { value, isExact } = readExactly(utf8.decode(bytes));
  if (!isUtf8(bytes)) return { value, loss: "characters" };
  return { value, loss: isExact ? undefined : "digits" };
}

/** Marks a record with what it lost. */
export function withLoss(record: WireRecord, loss: Loss | undefined): WireRecord {
  if (loss !== undefined) losses.set(record, loss);
  return record;
}

/**
 * Why a record cannot be kept whole, so that what is re-created from it would be another contact; undefined if it can.
 * Such a contact is deleted only without keeping its record, and is neither restored nor overwritten.
 */
export function whyNotWhole(record: WireRecord): string | undefined {
  const loss = losses.get(record);
  if (loss === "characters") {
    return l10n.t(
      "This record cannot be kept whole, because it has bytes that are not valid text; nothing was sent.",
    );
  }
  if (loss === "digits") {
    return l10n.t(
      "This record cannot be kept whole, because it has a number that would be rounded; nothing was sent.",
    );
  }
  if (!isNestedTooDeep(record)) return undefined;
  return l10n.t(
    "This record cannot be kept whole, because its values are nested more than {count} levels deep; nothing was sent.",
    { count: l10n.number(deepestKept) },
  );
}
