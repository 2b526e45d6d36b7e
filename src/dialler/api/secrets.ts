import { withoutInvisible } from "./record/invisible";

/**
 * Redacts every line that goes to a log, a notification, a journal or a document. Knows the live tokens in all
 * spellings that libraries and servers repeat them in.
 */
export class Secrets {
  readonly #known = new Set<string>();
  /** Longest first, because one spelling may contain another. */
  #spellings: readonly string[] = [];

  /** Hides a token from now on, and for the whole session, even after it is replaced. */
  add(token: string): void {
    // A token of three characters would hide parts of ordinary words. Real tokens are far longer.
    if (token.length < 4) return;
    for (const spelling of spellingsOf(token)) this.#known.add(spelling);
    this.#spellings = [...this.#known].sort((a, b) => b.length - a.length);
  }

  /** The text with every token, `Authorization` value and `user:password@` replaced. */
  redact(text: string): string {
    const clean = this.withoutTokens(text)
      .replace(/(authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;<]+/gi, "$1***")
      .replace(/\b(bearer|basic)\s+[\x21-\x7e]{8,}/gi, "$1 ***")
      // Schemes are shorter than this. Without a limit, a long text with many dots would be searched again from each
      // dot.
      .replace(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]*:[^\s/@]*@/gi, "$1***@");
    return this.withoutTokens(clean);
  }

  /**
   * The text with every token replaced and everything else unchanged. If invisible characters split a token, they are
   * removed from the whole text. Repeats until nothing is found, because removing one token can form another one around
   * its `*`.
   */
  withoutTokens(text: string): string {
    for (let before = text; ;) {
      let clean = before;
      for (const spelling of this.#spellings) clean = clean.replaceAll(spelling, "***");
      if (clean === before) clean = this.#joined(clean);
      if (clean === before) return clean;
      before = clean;
    }
  }

  /** The text without invisible characters if that contains a token; otherwise the text unchanged. */
  #joined(text: string): string {
    if (!/[^ -~]/.test(text)) return text;
    const shown = withoutInvisible(text);
    return this.#spellings.some((spelling) => shown.includes(spelling)) ? shown : text;
  }
}

/** Plain strings: compiling one pattern for all of them would take most of a second. */
function spellingsOf(token: string): string[] {
  const headers = [token, `Bearer ${token}`].map((text) => Buffer.from(text));
  const base64 = headers.flatMap((bytes) => [bytes.toString("base64"), bytes.toString("base64url")]);
  const texts = [token, ...base64, ...base64.map((text) => text.replace(/=+$/, ""))];
  const everyByte = Array.from(Buffer.from(token), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(
    "",
  );
  const encoded = [
    ...texts.map((text) => encodeURIComponent(text)),
    ...texts.map((text) => new URLSearchParams([["", text]]).toString().slice(1)),
    everyByte,
    everyByte.toUpperCase(),
  ];
  const lowerCase = encoded.map((text) => text.replace(/%../g, (hex) => hex.toLowerCase()));
  const quoted = JSON.stringify(token).slice(1, -1);
  return [...texts, ...encoded, ...lowerCase, quoted, quoted.replaceAll("/", "\\/")];
}
