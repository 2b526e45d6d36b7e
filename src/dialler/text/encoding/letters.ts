/** Where a letter stands, and in what languages. */
export interface LetterHabits {
  /** One letter for each language; two letters side by side share one. */
  readonly languages: string;
  /** How odd the letter is between these two neighbours, from 0 (usual) to 9 (never seen). */
  oddness(before: string, after: string): number;
}

/** No letter stands before or after. */
export const edge = " ";

/**
 * A letter, its languages (de German, n Nordic, f French, s Spanish, t Portuguese, i Italian, p Polish, c Czech and
 * Slovak, k Croatian, h Hungarian, r Romanian, u Turkish, e Estonian) and its oddness: at the start of a word before a
 * vowel, before a consonant, and alone; after a vowel before a vowel, before a consonant, and at the end; the same after
 * a consonant. Then come exceptions: the letter before, "?", the letter after, and the oddness.
 */
const table = `
ä dnce 205 665 502 ?u0 ^?u1
ö dnhue 304 656 401 ?e1 y?1
ü dhuse 404 656 201 y?1
ß d 999 000 787 ?r5 ?k1
é dfsthcin 306 211 000
è fi 735 652 602 i?r0 y?r0 i?v0 i?g0 i?c0 i?l0 i?t0 o?t1 ?k6
ê ft 626 656 512 ?b6 ?d4 ?g6 ?k6 ?s4 ?z6 i?6
ë f 666 201 532
à fist 541 654 531
â ftr 526 446 414
á sthcn 404 102 000
ã t 666 062 052 ?a6 ?i5 ?u6
å n 403 455 301
æ n 406 556 303
ç ftus 167 042 045 ?e3 ?i3 n?0 r?1 l?1
î fr 526 505 565 ?m2 ?t2 ?n2 ?l3 o?t0 a?t0
ï fs 767 200 666 i?8
í sthcn 535 212 000 ^?r0 ^?l0 ^?g0 ^?t0 ^?s0 ^?n0 ^?ñ0
ì i 777 664 651
ñ s 288 077 388
ń p 889 700 788
ó sthpcn 515 322 200 i?n0
ò is 766 655 531
ô ftc 636 446 215
õ te 656 466 635 ?e0
ø n 604 665 501 ?e1 ?y1 ?i3
ù fi 777 661 641
ú sthcn 515 425 301 i?6 o?6 y?1
û f 656 555 515 o?1 a?2 i?6
ÿ f 888 551 766 a?0
ý cn 546 444 210 y?7
ð n 888 610 422
þ n 258 567 577
œ f 258 667 157 ?u0 ?a6 ?i4 ?o6
ą p 888 512 600 i?0
ć pk 018 010 173
ę p 888 503 601 ?l4 ?r4 ?m5 ?n4 ?v7
ł p 048 000 014
ś p 408 600 433 ?j6 ?d5 ?b5 ?g5 j?c0
ź p 408 500 475 d?0
ż p 018 001 155
č ck 018 000 064
ď c 168 141 164 ?k1
ě c 868 767 502
ň c 268 010 163 ?k0
ř c 038 010 043
š cke 008 000 074 r?1 l?2 ?t3 ?k3
ť c 168 020 153
ů c 858 666 501
ž cke 018 000 064 r?1 l?2
ĺ c 558 567 636
ľ c 148 111 255
ŕ c 668 666 636
ő h 405 344 200 y?0
ű h 616 666 400 y?0
ă r 648 444 510 ?o7 ?e7
ş ru 028 000 122
ţ r 148 000 122
đ k 148 023 154
ı u 669 111 301`;

const vowels = "aeiouyäöüéèêëàâáãåæîïíìóòôõøùúûÿýœąęěůőűăı";

const letters: ReadonlyMap<string, LetterHabits> = new Map(
  table
    .trim()
    .split("\n")
    .map((row) => {
      const [letter = "", languages = "", start = "", inVowel = "", inConsonant = "", ...exceptions] =
        row.split(" ");
      return [letter, habitsOf(languages, start + inVowel + inConsonant, exceptions)];
    }),
);

/** The habits of a letter in lower case; undefined for anything that is no letter beyond ASCII. */
export function habitsOfLetter(lower: string): LetterHabits | undefined {
  return letters.get(lower);
}

/** Whether a character is a letter that names are written in. */
export function isLetter(character: string): boolean {
  return /^[a-z]$/i.test(character) || letters.has(character.toLowerCase());
}

function habitsOf(languages: string, digits: string, exceptions: readonly string[]): LetterHabits {
  const exceptional = new Map<string, number>();
  for (const exception of exceptions) {
    exceptional.set(patternOf(exception.slice(0, -1)), Number(exception.slice(-1)));
  }
  return {
    languages,
    oddness: (before, after) =>
      exceptional.get(`${before}?${after}`) ??
      exceptional.get(`??${after}`) ??
      exceptional.get(`${before}??`) ??
      Number(digits[3 * (before === edge ? 0 : vowels.includes(before) ? 1 : 2) + placeAfter(after)]),
  };
}

/** "?u" → any letter before u, "i?" → i before any letter, "^?u" → the start of a word before u. */
function patternOf(neighbours: string): string {
  if (neighbours.startsWith("?")) return `?${neighbours}`;
  return neighbours.endsWith("?") ? `${neighbours}?` : neighbours.replace("^", edge);
}

function placeAfter(after: string): number {
  if (after === edge) return 2;
  return vowels.includes(after) ? 0 : 1;
}
