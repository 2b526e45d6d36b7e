/** A file whose bytes are not the text that its name promises. */
export type BinaryKind = "spreadsheet" | "archive" | "pdf" | "utf-32" | "utf-7";

/** Signatures at the start of a file, one character a byte. */
const signatures: readonly (readonly [signature: string, kind: BinaryKind])[] = [
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"],
  ["\x1f\x8b", "archive"],
  ["7z\xbc\xaf\x27\x1c", "archive"],
  ["Rar!\x1a\x07", "archive"],
  ["BZh91AY&SY", "archive"],
  ["%PDF-", "pdf"],
  ["\xff\xfe\0\0", "utf-32"],
  ["\0\0\xfe\xff", "utf-32"],
  ["+/v8", "utf-7"],
  ["+/v9", "utf-7"],
  ["+/v+", "utf-7"],
  ["+/v/", "utf-7"],
];

/** What a file is if it is not a text that can be read here; undefined for any other. */
export function binaryKindOf(bytes: Uint8Array): BinaryKind | undefined {
  const start = asLatin1(bytes.subarray(0, 4096));
  if (/^PK(\x03\x04|\x05\x06)/.test(start)) return holdsSheets(bytes, start) ? "spreadsheet" : "archive";
  const signed = signatures.find(([signature]) => start.startsWith(signature));
  if (signed !== undefined) return signed[1];
  return /^(?:[^\0]\0\0\0){2}|^(?:\0\0\0[^\0]){2}/.test(start) ? "utf-32" : undefined;
}

/** An .xlsx names its parts, at the latest in the directory at its end; an .ods names its type first. */
function holdsSheets(bytes: Uint8Array, start: string): boolean {
  const names = start + asLatin1(bytes.subarray(-65_536));
  return names.includes("xl/") || start.includes("application/vnd.oasis.opendocument.spreadsheet");
}

function asLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
