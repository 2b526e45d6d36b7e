/**
 * The port through which every sentence is said, so that a room without the editor can speak the user's language.
 * `extension.ts` fills it with `vscode.l10n.t`; unfilled it speaks English.
 */

/** The named values of a sentence: `{name}` in the message is replaced by `values.name`. */
export type SentenceValues = Readonly<Record<string, string | number>>;
export type Translate = (message: string, values: SentenceValues) => string;

const english: Translate = (message, values) =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

let translate: Translate = english;
let language = "en";

/**
 * The values that count something. They are written with the separators of the user's language; IDs, lines, HTTP codes,
 * sizes and what has to be typed go by other names and stay as they are.
 */
const counts: ReadonlySet<string> = new Set([
  ...["count", "achieved", "planned", "finished", "made", "removed", "inUse", "locked", "matching", "all"],
  ...["announced", "received", "loaded", "campaigns", "rate", "tries"],
]);

/** Sets who translates from now on, and into which language, such as "de"; without an argument, English again. */
export function speakWith(translation: Translate = english, spoken = "en"): void {
  translate = translation;
  language = spoken;
}

/** The sentence in the user's language. `message` is the English text and the key of its translation. */
export function t(message: string, values: SentenceValues = {}): string {
  const said = Object.entries(values).map(([name, value]): [string, string | number] => [
    name,
    typeof value === "number" && counts.has(name) ? inNumbers(value) : value,
  ]);
  return translate(message, Object.fromEntries(said));
}

/** A count with the separators of the user's language. */
export function inNumbers(count: number): string {
  return count.toLocaleString(language);
}
