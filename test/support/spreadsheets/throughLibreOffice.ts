// `npm run spreadsheets`: contacts go through LibreOffice and come back. Each is exported, opened and saved by
// LibreOffice in two languages and two file formats, saved as CSV, and read for an import. It ends badly where a text
// came back different, or where LibreOffice left a raw export alone, because then this would find nothing.
import fc from "fast-check";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { enteredText } from "../../../src/dialler/text/cells/enteredText";
import { decoded } from "../../../src/dialler/text/encoding/decode";
import { cellText, type ExportFormat, ExportText } from "../../../src/dialler/transfer/exportRows";
import { importTableOf } from "../../../src/dialler/transfer/importTable";
import { endOf } from "../endOf";
import { runToEnd } from "../host/programs";

/** The members whose texts are compared. */
const compared = [
  "UserData",
  "Name",
  "PostalCode",
  "City",
  "PhoneNumber1",
  "ReferenceNumber",
  "Tag",
  "dtNextTry",
];

/** The spreadsheet's own numbers of languages. */
const languages = { "en-US": 1033, "de-DE": 1031 };
const fileFormats = ["ods", "xlsx"] as const;

const awkward = [
  ...[
    "000417",
    "01067",
    "4930123456789",
    "9007199254740993",
    "1E5",
    "1e-5",
    "4,93E+11",
    "1.5",
    "1,5",
    "12.50",
  ],
  ...[
    "2026-10-25",
    "2026-10-25T01:00:00",
    "2026-10-25 23:00",
    "25.10.2026",
    "1.2.",
    "1/2",
    "3-4",
    "Mar-5",
    "MARCH1",
  ],
  ...["5. Dez", "12:30", "8 pm", "8 A", "5%", "12 €", "$5", "12 EUR", "TRUE", "false", "WAHR", "#N/A", "#NV"],
  ...[
    "+494315550117",
    "+49 431 555-0117",
    "=1+1",
    "-x",
    "@SUM(A1)",
    "'007",
    "'s-Gravenhage",
    "'",
    " 007",
    "12 ",
  ],
  ...[
    "(5)",
    "5-",
    "1 1/2",
    "\u22125",
    "٠٠٧",
    "40101",
    "Berg",
    "CRM-000417",
    "SW1A 1AA",
    "8;9",
    '"8"',
    " Berg ",
  ],
];

const text = fc.oneof(
  fc.constantFrom(...awkward),
  fc.stringMatching(/^[0-9]{1,20}$/),
  fc.stringMatching(/^[0-9 .,:/+%eE'-]{1,10}$/),
  fc.stringMatching(/^[A-Za-z0-9äß .,'-]{1,10}$/),
);

function contacts(): WireRecord[] {
  const members = fc.record(Object.fromEntries(compared.map((name) => [name, text])));
  const listed = awkward.map((value) => Object.fromEntries(compared.map((name) => [name, value])));
  const drawn = fc.sample(members, { numRuns: 500, seed: 7 });
  return [...listed, ...drawn].map((record, at) => ({ ...record, ID: at + 1, bLocked: at % 2 === 0 }));
}

function exported(records: readonly WireRecord[], format: ExportFormat): string {
  const file = new ExportText({ format, bankToo: false, lockField: "" });
  return file.push(records) + file.end();
}

/** The compared texts of each row, as an import would read them. */
function readAgain(bytes: Uint8Array): string[][] {
  const text = decoded(bytes);
  if (text.kind === "undecided") throw new Error("LibreOffice wrote a file in an unknown encoding");
  const table = endOf(importTableOf(text.text, text.spoiled));
  if (table.kind !== "table") {
    throw new Error(`LibreOffice wrote a file that cannot be imported: ${table.kind}`);
  }
  const { columns, rows } = table;
  const places = compared.map((name) => columns.indexOf(name));
  return rows.map(({ cells }) => places.map((place) => enteredText(cellText(cells[place])).text));
}

class LibreOffice {
  readonly #folder = mkdtempSync(join(tmpdir(), "dlr-sheets-"));

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async version(): Promise<string | undefined> {
    const { output } = await runToEnd("soffice", ["--version"]).catch(() => ({ output: "" }));
    return /LibreOffice \S+/.exec(output)?.[0];
  }

  /** A CSV that was opened, saved as a document, opened again and saved as CSV, each cell as it is shown. */
  async throughDocument(csv: string, language: number, document: string): Promise<Uint8Array> {
    const source = join(this.#folder, "contacts.csv");
    writeFileSync(source, csv);
    // Semicolon, quotation mark, UTF-8, from line 1, no column formats, the language, numbers of all kinds are detected.
    await this.#convert(source, document, `--infilter=CSV:59,34,76,1,,${language},false,true`);
    const saved = join(this.#folder, `contacts.${document}`);
    await this.#convert(saved, "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true");
    return readFileSync(source);
  }

  async #convert(file: string, to: string, ...options: readonly string[]): Promise<void> {
    const profile = `-env:UserInstallation=${pathToFileURL(join(this.#folder, "profile")).href}`;
    const args = [profile, "--headless", ...options, "--convert-to", to, "--outdir", this.#folder, file];
    const { code, output } = await runToEnd("soffice", args);
    if (code !== 0 || !output.includes("convert ")) throw new Error(`LibreOffice did not convert: ${output}`);
  }
}

/** What came back different: "UserData 000417 → 417". */
function differences(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
): string[] {
  const different = before.flatMap((row, at) =>
    row.flatMap((value, place) => {
      const now = after[at]?.[place];
      return now === value
        ? []
        : [`${compared[place] ?? ""} ${JSON.stringify(value)} → ${JSON.stringify(now)}`];
    }),
  );
  return before.length === after.length
    ? different
    : [`${after.length} rows instead of ${before.length}`, ...different];
}

async function main(): Promise<boolean> {
  const office = new LibreOffice();
  try {
    const version = await office.version();
    if (version === undefined) {
      console.log("LibreOffice (soffice) is not installed. Nothing was compared.");
      return true;
    }
    const records = contacts();
    const before = records.map((record) => compared.map((name) => String(record[name])));
    let isFine = true;
    for (const [language, number] of Object.entries(languages)) {
      for (const document of fileFormats) {
        const run = async (format: ExportFormat): Promise<string[]> =>
          differences(
            before,
            readAgain(await office.throughDocument(exported(records, format), number, document)),
          );
        const changed = await run("spreadsheet");
        const changedRaw = await run("raw");
        const isAsWanted = changed.length === 0 && changedRaw.length > 0;
        isFine &&= isAsWanted;
        const word = isAsWanted ? "fine  " : "FAULTY";
        console.log(
          `${word}  ${version} ${language} ${document}: ${records.length} contacts, ${changed.length} texts changed; of a raw export ${changedRaw.length}`,
        );
        for (const difference of changed.slice(0, 20)) console.log(`        ${difference}`);
      }
    }
    return isFine;
  } finally {
    office.dispose();
  }
}

main().then(
  (isFine) => (process.exitCode = isFine ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
