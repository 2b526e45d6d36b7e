import type { DecodedText, Encoding } from "../../dialler/text/encoding/decode";
import type { Delimiter } from "../../dialler/text/table/delimiter";
import * as l10n from "../../l10n";

const encodingNames: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 BE",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  macintosh: "Mac Roman",
  cp850: "CP850",
};

export function encodingName(encoding: Encoding): string {
  return encodingNames[encoding];
}

export function delimiterName(delimiter: Delimiter): string {
  return {
    ";": l10n.t("semicolons"),
    ",": l10n.t("commas"),
    "\t": l10n.t("tabs"),
    "|": l10n.t("vertical bars"),
  }[delimiter];
}

/** How the bytes of a file were read: "UTF-8 with invalid bytes in lines 7, 9". */
export function encodingText({ encoding, spoiled }: Pick<DecodedText, "encoding" | "spoiled">): string {
  const values = { encoding: encodingName(encoding), lines: linesText(spoiled) };
  if (spoiled.length === 0) return values.encoding;
  return spoiled.length === 1
    ? l10n.t("{encoding} with invalid bytes in line {lines}", values)
    : l10n.t("{encoding} with invalid bytes in lines {lines}", values);
}

const linesNamed = 10;

/** "3, 17, 18", and an ellipsis for more than ten. */
export function linesText(lines: readonly number[]): string {
  const named = lines.slice(0, linesNamed).join(", ");
  return lines.length > linesNamed ? `${named}…` : named;
}
