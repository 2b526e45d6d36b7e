/**
 * The port for every user-facing sentence, so that a room without the editor can speak the user's language.
 * `extension.ts` connects it to `vscode.l10n.t`; without that it speaks English.
 */

/** The named values of a sentence: `{name}` in the message is replaced by `values.name`. */
export type SentenceValues = Readonly<Record<string, string | number>>;
export type Translate = (message: string, values: SentenceValues) => string;

const english: Translate = (message, values) =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

let translate: Translate = english;
let language = "en";

/** Sets the translator and its language, such as "de"; without an argument, English again. */
export function speakWith(translation: Translate = english, spoken = "en"): void {
  translate = translation;
  language = spoken;
}

/** The sentence in the user's language. `message` is the English text and the key of its translation. */
export function t(message: string, values: SentenceValues = {}): string {
  return translate(message, values);
}

/** A count with the separators of the user's language. IDs, lines and HTTP codes stay as they are. */
export function number(count: number): string {
  return count.toLocaleString(language);
}

/** A time of day in the format of the user's language. */
export function time(at: Date): string {
  return at.toLocaleTimeString(language);
}

/** A date and a time of day in the format of the user's language. */
export function dateTime(at: Date): string {
  return at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

/** The steps of a distance in time: of which unit, its length, and how many of it make the next one. */
const distances = [
  ["minute", 60_000, 60],
  ["hour", 3_600_000, 24],
  ["day", 86_400_000, 30],
  ["month", 2_629_800_000, 12],
  ["year", 31_557_600_000, Infinity],
] as const;

/** How far away a moment is: "in 3 days", "2 hours ago". */
export function distance(at: Date, now = new Date()): string {
  const ms = at.getTime() - now.getTime();
  const [unit, size] =
    distances.find(([, length, most]) => Math.abs(Math.round(ms / length)) < most) ?? distances[4];
  const count = Math.round(ms / size);
  return new Intl.RelativeTimeFormat(language, { numeric: count === 0 ? "auto" : "always" }).format(
    count,
    unit,
  );
}
