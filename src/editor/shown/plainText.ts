import { withoutInvisible } from "../../dialler/api/record/invisible";

const lineBreaks = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;

/** One line without invisible characters; for logs, documents and the clipboard. */
export function plainLine(text: string): string {
  return withoutInvisible(text).replace(lineBreaks, " ");
}

/** Joins two characters without showing; keeps `](` and `$(` from being read as a link or an icon. */
const wordJoiner = "\u2060";

/** One line for labels, messages, quick picks and the status bar, cut to `longest` characters. Idempotent. */
export function plainText(text: string, longest = 200): string {
  const line = plainLine(text).trim();
  // A cut between the halves of a surrogate pair would leave the first half alone.
  const whole = line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "");
  const cut = line.length <= longest ? line : `${whole.trimEnd()}…`;
  return unarmed(cut);
}

/** Without what VS Code would read as a link or an icon. Idempotent. */
export function unarmed(line: string): string {
  return line.replace(/\]\(/g, `]${wordJoiner}(`).replace(/\$\(/g, `$${wordJoiner}(`);
}

/** Markdown turns addresses, and what stands in `<…>`, into links; an invisible character keeps server text from it. */
export function unlinked(text: string, longest?: number): string {
  return plainText(text, longest).replace(/:\/\/|www\.|@|</gi, (start) => `${start}\u2060`);
}
