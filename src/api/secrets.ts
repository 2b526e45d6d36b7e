/**
 * The one function through which every line passes that leaves for a log, a notification, a journal or a document.
 * It knows the live tokens in the spellings in which libraries and servers repeat them.
 */
export class Secrets {
  readonly #spellings = new Map<string, number>();

  /** Hides a token from now on. A token stays hidden for the session even after it was replaced. */
  add(token: string): void {
    for (const spelling of spellingsOf(token)) this.#spellings.set(spelling, spelling.length);
  }

  /** The text with every token, `Authorization` value and `user:password@` replaced. */
  redact(text: string): string {
    let clean = text;
    const longestFirst = [...this.#spellings].sort(([, a], [, b]) => b - a);
    for (const [spelling] of longestFirst) clean = clean.replaceAll(spelling, "***");
    return clean
      .replace(/(authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;<]+/gi, "$1***")
      .replace(/\b(bearer|basic)\s+[\x21-\x7e]{8,}/gi, "$1 ***")
      .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, "$1***@");
  }
}

function spellingsOf(token: string): string[] {
  // A token of three characters would blot out ordinary words; real ones are far longer.
  if (token.length < 4) return [];
  const base64 = Buffer.from(token).toString("base64");
  const inHeader = Buffer.from(`Bearer ${token}`).toString("base64");
  return [
    token,
    encodeURIComponent(token),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(token).toString("base64url"),
    inHeader,
    JSON.stringify(token).slice(1, -1),
  ];
}
