/** Strings, which are skipped, and the numbers between them. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const longNumber = /\d{16}|\d\.?\d{15}/;
const mostDigits = 15;

/**
 * `JSON.parse`, except that numbers with more digits than JavaScript keeps become strings, so that the server's digits
 * are stored and sent back exactly.
 * @throws SyntaxError
 */
export function exactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // At this point the text is valid JSON, which the tokenizer expects.
  return longNumber.test(text) ? JSON.parse(text.replace(tokens, withEveryDigit)) : value;
}

function withEveryDigit(token: string): string {
  if (token.startsWith('"') || token === String(Number(token))) return token;
  const digits = token
    .replace(/[eE].*$/s, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "");
  return digits.length > mostDigits ? `"${token}"` : token;
}
