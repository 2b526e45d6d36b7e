/** Strings, which are passed over, and the numbers between them. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const longNumber = /\d{16}|\d\.?\d{15}/;
const mostDigits = 15;

/**
 * `JSON.parse`, but a number with more digits than JavaScript keeps is its own spelling, a string: what is kept and
 * sent back is what the server had. @throws SyntaxError
 */
export function exactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Only what is JSON is divided into tokens.
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
