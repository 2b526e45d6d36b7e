/** Strings, which are skipped, and the numbers between them. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
/** Only a text with such a number can hold one that JavaScript rounds: many digits, or a large exponent. */
const roundable = /\d(?:\.?\d){15}|\d[eE][+-]?\d{3}/;
/** Servers print a binary fraction with up to 17 digits, JavaScript with as few as tell it apart from its neighbours. */
const mostDigitsOfDouble = 17;

/** The value of a JSON text. */
export interface ExactValue {
  readonly value: unknown;
  /** No number had to be replaced by its digits. */
  readonly isExact: boolean;
}

/**
 * `JSON.parse`, except that numbers that JavaScript would round become strings, so that the server's digits are shown
 * and exported exactly.
 * @throws SyntaxError
 */
export function exactJson(text: string): unknown {
  return readExactly(text).value;
}

/** @throws SyntaxError */
export function readExactly(text: string): ExactValue {
  const value: unknown = JSON.parse(text);
  // At this point the text is valid JSON, which the tokenizer expects.
  if (!roundable.test(text)) return { value, isExact: true };
  const kept = text.replace(tokens, (token) =>
    token.startsWith('"') || isKeptExactly(token) ? token : `"${token}"`,
  );
  return kept === text ? { value, isExact: true } : { value: JSON.parse(kept), isExact: false };
}

/**
 * `JSON.parse`, except that each number that is written in another way than JavaScript writes it becomes a text: `mark`
 * and the number as it is written.
 * @throws SyntaxError
 */
export function spelledJson(text: string, mark: string): unknown {
  const value: unknown = JSON.parse(text);
  const kept = text.replace(tokens, (token) =>
    token.startsWith('"') || token === String(Number(token)) ? token : JSON.stringify(`${mark}${token}`),
  );
  return kept === text ? value : JSON.parse(kept);
}

/** The text of a number as a record has it: as JavaScript writes it, or its own digits if they would be rounded. */
export function numberText(token: string): string {
  return isKeptExactly(token) ? String(Number(token)) : token;
}

/** Whether JavaScript keeps the value of a JSON number. Another spelling, such as 1.50 for 1.5, is the same value. */
function isKeptExactly(token: string): boolean {
  const number = Number(token);
  const written = String(number);
  if (token === written) return true;
  if (!Number.isFinite(number)) return false;
  const wanted = decimalOf(token);
  const isSame = (text: string): boolean => {
    const { digits, exponent } = decimalOf(text);
    return digits === wanted.digits && exponent === wanted.exponent;
  };
  if (isSame(written)) return true;
  const { length } = wanted.digits;
  const isFraction = wanted.exponent < 0;
  return isFraction && length <= mostDigitsOfDouble && isSame(number.toPrecision(length));
}

/** The value of a number without its sign: a whole number without zeros at its ends, times a power of ten. */
function decimalOf(text: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = "", power = "0"] = text.toLowerCase().replace(/^-/, "").split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = `${whole}${fraction}`;
  const digits = all.replace(/0+$/, "");
  if (digits.replace(/^0+/, "") === "") return { digits: "", exponent: 0 };
  const exponent = Number(power) - fraction.length + all.length - digits.length;
  return { digits: digits.replace(/^0+/, ""), exponent };
}
