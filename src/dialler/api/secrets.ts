import { withoutInvisible } from "./record/invisible";

/**
 * The one function through which every line passes that leaves for a log, a notification, a journal or a document.
 * It knows the live tokens in the spellings in which libraries and servers repeat them.
 */
export class Secrets {
  readonly #known = new Set<string>();
  /** The longest first: a spelling may hold another one. */
  #spellings: readonly string[] = [];

  /** Hides a token from now on. A token stays hidden for the session even after it was replaced. */
  add(token: string): void {
    // A token of three characters would blot out ordinary words; real ones are far longer.
    if (token.length < 4) return;
    for (const spelling of spellingsOf(token)) this.#known.add(spelling);
    this.#spellings = [...this.#known].sort((a, b) => b.length - a.length);
  }

  /** The text with every token, `Authorization` value and `user:password@` replaced. */
  redact(text: string): string {
    const clean = this.withoutTokens(text)
      .replace(/(authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;<]+/gi, "$1***")
      .replace(/\b(bearer|basic)\s+[\x21-\x7e]{8,}/gi, "$1 ***")
      // No scheme is longer; without a limit, a long text with many dots would be searched anew from each of them.
      .replace(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]*:[^\s/@]*@/gi, "$1***@");
    return this.withoutTokens(clean);
  }

  /**
   * The text with every token replaced, and all else as it is; only where something that does not show parts a token,
   * that is taken out of the whole text. Once more for as long as anything is found: a token with a `*` in it can come
   * about where one was taken out.
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

  /** What would be read where nothing invisible is shown, if that holds a token; else the text as it is. */
  #joined(text: string): string {
    if (!/[^ -~]/.test(text)) return text;
    const shown = withoutInvisible(text);
    return this.#spellings.some((spelling) => shown.includes(spelling)) ? shown : text;
  }
}

/** Plain texts: one pattern for all of them would take the better part of a second to compile. */
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
