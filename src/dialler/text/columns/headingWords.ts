/** The words of a heading without case, accents and signs: `Straße (geschäftlich)` and `StrasseGeschaeftlich` are the same. */
export function headingWords(heading: string): string[] {
  return (
    heading
      .normalize("NFC")
      .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .replace(/ä/g, "ae")
      .replace(/ö/g, "oe")
      .replace(/ü/g, "ue")
      .replace(/ß/g, "ss")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/\p{L}+|\p{N}+/gu) ?? []
  );
}

/** The words as one, so that it does not matter how they are joined. */
export function plainHeading(heading: string): string {
  return headingWords(heading).join("");
}
