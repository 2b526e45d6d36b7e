/**
 * A spreadsheet that opens a CSV takes cells for formulas, numbers, dates and truth values, and saves them in another
 * spelling. An apostrophe in front keeps the text, and is saved with it. This file decides which texts need one, and
 * takes it off again.
 */

const mark = "'";

/** Digits that every spreadsheet shows and saves as they are. From the twelfth on, Excel saves `1.23457E+11`. */
const plainNumber = /^(0|[1-9][0-9]{0,10})$/;

/** The signs of a formula, also in full width, and a minus that LibreOffice reads as one. */
const formulaStart = /^[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]/;

/** A truth value in the language of the spreadsheet. It is saved in capitals, or in another language. */
const truthValue =
  /^(true|false|wahr|falsch|vrai|faux|vero|falso|verdadero|waar|onwaar|prawda|fałsz|sand|falsk|sant)$/i;

/** `#N/A`, `#REF!`, `#BEZUG!`: an error, which is saved in the language of the spreadsheet. */
const errorValue = /^#\p{Lu}[\p{Lu}\d/]*[!?]?$/u;

/** Besides words, a number or a date holds only such signs. */
const numberSigns = /^[\p{L}\p{M}\p{Nd}\p{Sc}\s.,:;/\\\-\u2013\u2212'\u2019()%‰+]*$/u;

/** Letters that stand between or behind digits in a number or a time: `1E5`, `01:00T`, `8 pm`. */
const numberWords: ReadonlySet<string> = new Set([
  ...["e", "d", "t", "z", "a", "p", "h", "am", "pm", "m", "utc", "gmt", "uhr"],
  ...[
    "eur",
    "usd",
    "chf",
    "gbp",
    "pln",
    "czk",
    "sek",
    "nok",
    "dkk",
    "huf",
    "jpy",
    "fr",
    "kr",
    "zl",
    "kc",
    "ft",
  ],
]);

/** Without accents. Three letters of a name are enough for a spreadsheet: `MARCH1`, `SEPT2` and `5. Dez` are dates. */
const calendarNames: readonly string[] = [
  // English, German, French, Italian, Spanish, Dutch, Polish.
  ...["january", "february", "march", "april", "may", "june", "july", "august"],
  ...["september", "october", "november", "december"],
  ...["januar", "februar", "marz", "maerz", "mai", "juni", "juli", "oktober", "dezember", "janner"],
  ...[
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
  ],
  ...[
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
  ],
  ...[
    "enero",
    "febrero",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
  ],
  ...["januari", "februari", "maart", "mei", "augustus"],
  ...[
    "styczen",
    "stycznia",
    "luty",
    "lutego",
    "marzec",
    "marca",
    "kwiecien",
    "kwietnia",
    "maj",
    "maja",
    "czerwiec",
  ],
  ...[
    "czerwca",
    "lipiec",
    "lipca",
    "sierpien",
    "sierpnia",
    "wrzesien",
    "wrzesnia",
    "pazdziernik",
    "pazdziernika",
  ],
  ...["listopad", "listopada", "grudzien", "grudnia"],
  ...["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  ...[
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "sa",
    "so",
  ],
];

/** The text for a cell that no spreadsheet changes. */
export function protectedText(text: string): string {
  return needsMark(text) ? `${mark}${text}` : text;
}

/** The text that `protectedText` made this cell of. */
export function unprotectedText(cell: string): string {
  return isProtected(cell) ? cell.slice(mark.length) : cell;
}

/** Whether the apostrophe at the start of a cell protects the rest of it. */
export function isProtected(cell: string): boolean {
  return cell.startsWith(mark) && needsMark(cell.slice(mark.length));
}

function needsMark(text: string): boolean {
  if (text === "" || plainNumber.test(text)) return false;
  // Otherwise this apostrophe would be taken for one that was put there.
  if (text.startsWith(mark) || /^[\t\r]/.test(text)) return true;
  const bare = text.trim();
  if (formulaStart.test(bare) || truthValue.test(bare) || errorValue.test(bare)) return true;
  return /\p{Nd}/u.test(bare) && numberSigns.test(bare) && wordsOf(bare).every(isNumberWord);
}

/** The runs of letters, in lower case and without accents. */
function wordsOf(text: string): readonly string[] {
  // A long text is a comment, and no number or date.
  if (text.length > 64) return /\p{L}/u.test(text) ? [text] : [];
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase();
  return plain.split(/\P{L}+/u).filter((word) => word !== "");
}

function isNumberWord(word: string): boolean {
  return (
    numberWords.has(word) ||
    calendarNames.some((name) => name === word || (word.length > 2 && name.startsWith(word)))
  );
}
