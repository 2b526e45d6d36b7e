import * as l10n from "../../../l10n";

const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/;

export function hasLineBreak(text: string): boolean {
  return lineBreak.test(text);
}

/** Why no text with these characters can be sent unchanged; undefined if it can. */
export function unsendable(text: string): string | undefined {
  if (!text.isWellFormed()) return l10n.t("it contains half a character (a lone surrogate)");
  return text.includes("\0") ? l10n.t("it contains a NUL character") : undefined;
}

/** The same, and signs that only a wrong decoding leaves in a name, number or key. */
export function damage(text: string): string | undefined {
  const reason = unsendable(text);
  if (reason !== undefined) return reason;
  if (text.includes("\ufffd")) return l10n.t("it contains a character that was lost (U+FFFD)");
  return /[\u0080-\u0084\u0086-\u009f]/.test(text)
    ? l10n.t("it contains control characters; the file may have another encoding")
    : undefined;
}
