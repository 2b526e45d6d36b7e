/** A code page that can be recognised; the first of those that read a file alike gives the reading its name. */
export type CodePage = "windows-1252" | "windows-1250" | "macintosh" | "cp850";

export const codePages: readonly CodePage[] = ["windows-1252", "macintosh", "cp850", "windows-1250"];

/** What stands for a byte that a code page does not have. */
const undefinedByte = "\ufffd";

/**
 * The characters of the bytes from 0x80 on. Node's own decoder is not used: in Node 20 it reads Windows-1252 as Latin-1.
 * 0xDB of the Macintosh is the euro sign, as Macs write it since 1998.
 */
const upperHalves: Readonly<Record<CodePage, string>> = {
  "windows-1252":
    "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿" +
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
  macintosh:
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
    "¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ�ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
  cp850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  "windows-1250":
    "€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż" +
    "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
};

/** The code unit of each byte. */
const codeUnits = new Map<CodePage, Uint16Array>(
  codePages.map((page) => [
    page,
    Uint16Array.from({ length: 256 }, (_, byte) =>
      byte < 0x80 ? byte : upperHalves[page].charCodeAt(byte - 0x80),
    ),
  ]),
);

function unitsOf(page: CodePage): Uint16Array {
  return codeUnits.get(page) ?? new Uint16Array(256);
}

/** The character that a byte is. */
export function characterIn(page: CodePage, byte: number): string {
  return String.fromCharCode(unitsOf(page)[byte] ?? 0);
}

/** Whether a code page has a character for a byte. */
export function isDefinedIn(page: CodePage, byte: number): boolean {
  return characterIn(page, byte) !== undefinedByte;
}

/** Bytes that a code page does not have become U+FFFD. */
export function textIn(page: CodePage, bytes: Uint8Array): string {
  const table = unitsOf(page);
  const units = new Uint16Array(bytes.length);
  for (let place = 0; place < bytes.length; place++) units[place] = table[bytes[place] ?? 0] ?? 0;
  return Buffer.from(units.buffer).toString("utf16le");
}
