import * as vscode from "vscode";
import { type BinaryKind, binaryKindOf } from "../../../dialler/text/encoding/binaryKind";
import { decoded, type DecodedText, type UndecidedEncoding } from "../../../dialler/text/encoding/decode";
import type { UndecidedDelimiter } from "../../../dialler/text/table/delimiter";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { delimiterName, encodingName, linesText } from "../../shown/readAsText";
import { quoted } from "../ask/confirmWords";
import { Refusal } from "./refusal";

const mostMegabytes = 64;

/** The text of a file that a person chose. @throws Refusal when it is too large, no text, or may be read in several ways */
export async function textOfFile(uri: vscode.Uri): Promise<DecodedText> {
  const file = plainText(uri.path.split("/").at(-1) ?? "", 60);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostMegabytes * 1024 * 1024) {
    const values = { file, megabytes: mostMegabytes };
    throw new Refusal(l10n.t("The file {file} is larger than {megabytes} MB. Nothing was sent.", values));
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const binary = binaryKindOf(bytes);
  if (binary !== undefined) throw new Refusal(binaryText(binary, file));
  const text = decoded(bytes);
  if (text.kind === "undecided") throw undecidedEncoding(text, file);
  // Web portals save tables as pages, and call them spreadsheets.
  if (/^\s*<(?:!doctype|html|head|table|\?xml)\b/i.test(text.text)) {
    throw new Refusal(
      l10n.t(
        "{file} is a web page, not a table. Save it as “CSV UTF-8” and choose that file. Nothing was sent.",
        {
          file,
        },
      ),
    );
  }
  return text;
}

function binaryText(kind: BinaryKind, file: string): string {
  return {
    spreadsheet: l10n.t(
      "{file} is a spreadsheet. Save it as “CSV UTF-8” in your spreadsheet program and choose that file. Nothing was sent.",
      { file },
    ),
    archive: l10n.t("{file} is an archive. Unpack it and choose the file in it. Nothing was sent.", { file }),
    pdf: l10n.t("{file} is a PDF, not a table. Nothing was sent.", { file }),
    "utf-32": l10n.t("{file} is encoded in UTF-32. Save it as UTF-8. Nothing was sent.", { file }),
    "utf-7": l10n.t("{file} is encoded in UTF-7. Save it as UTF-8. Nothing was sent.", { file }),
  }[kind];
}

function undecidedEncoding({ candidates, lines }: UndecidedEncoding, file: string): Refusal {
  const values = { file, lines: linesText(lines) };
  if (candidates.length === 0) {
    return new Refusal(
      l10n.t(
        "The encoding of {file} is not known; see lines {lines}. Save it as UTF-8. Nothing was sent.",
        values,
      ),
    );
  }
  const text = (each: (candidate: UndecidedEncoding["candidates"][number]) => string): string =>
    candidates.map(each).join(", ");
  const sentence = (encodings: string): string =>
    l10n.t(
      "{file} can be read as {encodings}, and lines {lines} differ. Save it as UTF-8. Nothing was sent.",
      { ...values, encodings },
    );
  return new Refusal(
    sentence(text(({ encoding, sample }) => `${encodingName(encoding)} (${quoted(sample)})`)),
    undefined,
    sentence(text(({ encoding }) => encodingName(encoding))),
  );
}

/** For a text whose columns may be parted in several ways. */
export function undecidedDelimiter({ delimiters }: UndecidedDelimiter): Refusal {
  const choices = delimiters.map(delimiterName).join(", ");
  return new Refusal(
    l10n.t(
      "The columns may be parted by any of: {choices}. Put a line such as “sep=;” above the header. Nothing was sent.",
      { choices },
    ),
  );
}
