import * as l10n from "../../../l10n";

/**
 * What Excel, LibreOffice and Google Sheets show instead of a value. The names of most errors end with `!` or `?` in every
 * language: #REF!, #BEZUG!, #NAME?, #DIV/0!. `###` is a column that is too narrow.
 */
const errorWord = /^(?:#[\p{Lu}\d/_]+[!?]|#N\/A|#NV|#GETTING_DATA|#DATEN_ABRUFEN|#+|(?:Err|Fehler):\d{3})$/u;

/** What programs write where a value is missing, and no person is called. */
const missingWords = [
  ...["NULL", "null", "(null)", "(NULL)", "[NULL]", "<null>", "<NULL>", "\\N"],
  ...["NaN", "nan", "NaT", "<NA>", "undefined"],
];
const missing: ReadonlySet<string> = new Set(missingWords);

/** "Null" and "None" are surnames. As keys they would be the same for every row without one. */
const missingKeys: ReadonlySet<string> = new Set([...missingWords, "Null", "None", "none"]);

/** Why a name or number is no value; undefined if it may be one. Blanks around it do not matter. */
export function missingValue(text: string): string | undefined {
  return wordReason(text.trim(), missing);
}

/** The same for a key, which must not be a word that many rows share. */
export function missingKey(text: string): string | undefined {
  return wordReason(text.trim(), missingKeys);
}

function wordReason(word: string, words: ReadonlySet<string>): string | undefined {
  if (errorWord.test(word)) return l10n.t("it is the error value of a spreadsheet");
  return words.has(word) ? l10n.t("it is what a program writes for a missing value") : undefined;
}
