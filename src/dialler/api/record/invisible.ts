// An escape sequence is dropped with its parameters, so that its letters do not stay behind as text.
const escapeSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])?/g;
const invisible = /(?![\t-\r\u0085])[\p{C}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The text without invisible characters: C0 and C1 controls, escape sequences, bidirectional controls, zero-width and
 * other format characters, lone surrogates. Line breaks and tabs stay.
 */
export function withoutInvisible(text: string): string {
  return text.replace(escapeSequences, "").replace(invisible, "");
}
