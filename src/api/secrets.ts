/**
 * The one function through which every line passes that leaves for a log, a notification, a journal or a document.
 * It knows the live tokens in the spellings in which libraries and servers repeat them.
 */
export class Secrets {
  readonly #patterns = new Set<string>();
  /** Finds every spelling of every token; undefined while there is none. */
  #anyToken: RegExp | undefined;

  /** Hides a token from now on. A token stays hidden for the session even after it was replaced. */
  add(token: string): void {
    // A token of three characters would blot out ordinary words; real ones are far longer.
    if (token.length < 4) return;
    for (const pattern of patternsOf(token)) this.#patterns.add(pattern);
    // Of two spellings that begin alike the longer one is tried first.
    this.#anyToken = new RegExp([...this.#patterns].sort((a, b) => b.length - a.length).join("|"), "g");
  }

  /** The text with every token, `Authorization` value and `user:password@` replaced. */
  redact(text: string): string {
    const clean = this.#withoutTokens(text)
      .replace(/(authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;<]+/gi, "$1***")
      .replace(/\b(bearer|basic)\s+[\x21-\x7e]{8,}/gi, "$1 ***")
      // No scheme is longer; without a limit, a long text with many dots would be searched anew from each of them.
      .replace(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]*:[^\s/@]*@/gi, "$1***@");
    return this.#withoutTokens(clean);
  }

  /** Once more for as long as anything is found: a token with a `*` in it can come about where one was taken out. */
  #withoutTokens(text: string): string {
    if (this.#anyToken === undefined) return text;
    for (let before = text; ;) {
      const clean = before.replace(this.#anyToken, "***");
      if (clean === before) return clean;
      before = clean;
    }
  }
}

function patternsOf(token: string): string[] {
  const encoded = [token, `Bearer ${token}`].flatMap((text) => [
    Buffer.from(text).toString("base64").replace(/=+$/, ""),
    Buffer.from(text).toString("base64url"),
  ]);
  return [patternOf(token), ...encoded.map((text) => `${patternOf(text)}(?:=|%3[dD]){0,2}`)];
}

/** Finds the text also where some or all of it is percent-encoded or escaped as JSON. */
function patternOf(text: string): string {
  const characters = Array.from(text, (character) => {
    const bytes = Array.from(Buffer.from(character), (byte) => byte.toString(16).padStart(2, "0"));
    const hex = bytes.map((byte) => `%${byte}`).join("");
    const eitherCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")}|${eitherCase})`;
  });
  return characters.join("");
}
