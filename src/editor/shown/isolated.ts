import { plainLine, plainText, unarmed } from "./plainText";

/** Letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their like. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** First Strong Isolate and Pop Directional Isolate, with nothing between them that sets a direction. */
const isolate = /\u2068([^\u2066-\u2069]*)\u2069/;

/**
 * A text for a sentence or a label that goes on after it: if it holds letters written from right to left, it is isolated,
 * so that an ID behind it stays behind it. The text is plain already; the isolate would not survive `plainText`.
 */
export function isolated(plain: string): string {
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** `plainText` for a sentence of ours, in which names stay isolated. */
export function plainSentence(sentence: string, longest: number): string {
  const whole = plainText(sentence, longest);
  // Cut, it may have lost the end of an isolate.
  if (plainLine(sentence).trim().length > longest || !isolate.test(sentence)) return whole;
  return sentence
    .split(isolate)
    .map((part, at) => (at % 2 === 0 ? unarmed(plainLine(part)) : isolated(unarmed(plainLine(part)))))
    .join("")
    .trim();
}
