/** Signs without a shape of their own, or with the shape of a blank. The tab is one, the ordinary blank is not. */
const unseen = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\ufffd]/gu;

/** The same signs, without the tab: people see it, and it was typed on purpose. */
const unseenInKeys = /(?![ \t])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/** The text with its invisible signs written out, such as `CRM-1⟨U+00A0⟩`. Only for people to read. */
export function visible(text: string): string {
  return text.replace(unseen, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
}

export function hasInvisibleSigns(text: string): boolean {
  return unseenInKeys.test(text);
}

/** The text as a person reads it: other blanks are ordinary ones, other invisible signs and blanks at the ends are gone. */
export function asRead(text: string): string {
  return text
    .replace(/\p{Z}/gu, " ")
    .replace(/(?![ \t])[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim();
}
