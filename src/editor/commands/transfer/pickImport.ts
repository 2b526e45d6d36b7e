import * as vscode from "vscode";
import { NoSuchPath } from "../../../dialler/api/http/replyErrors";
import { type Campaign, campaignFromRecord } from "../../../dialler/api/record/campaign";
import type { Connection } from "../../../dialler/endpoint/connect";
import { inSlices } from "../progress/inSlices";
import type { NoTable } from "../../../dialler/text/table/readTable";
import type { KnownCampaigns, Mapping } from "../../../dialler/transfer/importRows";
import { type ImportTable, importTableOf, withColumn } from "../../../dialler/transfer/importTable";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { delimiterName, encodingText, linesText } from "../../shown/readAsText";
import { textOfFile, undecidedDelimiter } from "../call/fileText";
import { Refusal } from "../call/refusal";
import { nameOf } from "./saveFile";

/** The members that can name the campaign of a row. */
const campaignMembers = ["DiallerCampaignsID", "DiallerCampaignsName"];

/** The rows of a file, and how they were read, in one line. */
export interface PickedTable {
  readonly table: ImportTable;
  /** "UTF-8 with invalid bytes in line 7 · semicolons · header in line 2". */
  readonly how: string;
}

/** The rows of a file that the person chooses; undefined when they gave up. @throws Refusal when the file has none */
export async function pickTable(): Promise<PickedTable | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t("Import Contacts"),
      canSelectMany: false,
      filters: { [l10n.t("Tables and JSON")]: ["csv", "txt", "tsv", "json"], [l10n.t("All Files")]: ["*"] },
    })) ?? [];
  if (uri === undefined) return undefined;
  const decoded = await textOfFile(uri);
  const table = await inSlices(importTableOf(decoded.text, decoded.spoiled));
  if (table.kind !== "table") throw noTable(table, nameOf(uri));
  const how = [encodingText(decoded), ...readAsParts(table)].join(" · ");
  return { table, how };
}

function readAsParts({ readAs, rows }: ImportTable): string[] {
  if (readAs.kind === "json") return ["JSON"];
  const { delimiter, headerLine } = readAs;
  const broken = rows.filter(({ fault }) => fault !== undefined).map(({ line }) => line);
  return [
    ...(delimiter === undefined ? [] : [delimiterName(delimiter)]),
    l10n.t("header in line {line}", { line: headerLine }),
    ...(broken.length === 0
      ? []
      : [
          l10n.t("broken rows: {count} ({lines})", {
            count: l10n.number(broken.length),
            lines: linesText(broken),
          }),
        ]),
  ];
}

function noTable(fault: NoTable, file: string): Refusal {
  switch (fault.kind) {
    case "undecided":
      return undecidedDelimiter(fault);
    case "empty":
      return new Refusal(l10n.t("The file {file} has no rows below a header. Nothing was sent.", { file }));
    case "brokenJson":
      return new Refusal(
        l10n.t("The file {file} starts like JSON but is not valid JSON. Nothing was sent.", { file }),
      );
    case "brokenHeader":
      return new Refusal(
        l10n.t("The header of {file} has a misplaced quotation mark. Nothing was sent.", { file }),
      );
    case "spoiledJson": {
      const values = { file, lines: linesText(fault.lines) };
      return new Refusal(
        l10n.t("The file {file} has bytes that are no text in lines {lines}. Nothing was sent.", values),
      );
    }
  }
}

/** What is imported, the campaign of every row included. */
export interface Placed {
  readonly table: ImportTable;
  readonly mapping: Mapping;
  readonly campaigns: KnownCampaigns | undefined;
}

/** Asks for the campaign of all rows where no column names one; undefined when the person gave up. @throws Refusal */
export async function pickCampaign(
  { client }: Connection,
  table: ImportTable,
  mapping: Mapping,
): Promise<Placed | undefined> {
  const campaigns = await campaignsOf(client);
  const known = campaigns.length === 0 ? undefined : knownOf(campaigns);
  if ([...mapping.values()].some((member) => campaignMembers.includes(member)))
    return { table, mapping, campaigns: known };
  if (known === undefined) {
    throw new Refusal(
      l10n.t("No column names the campaign, and the server lists none to choose from. Nothing was sent."),
    );
  }
  const picked = await vscode.window.showQuickPick(
    campaigns.map(({ id, name }) => ({ label: plainText(name, 80) || `#${id}`, description: `#${id}`, id })),
    {
      title: l10n.t("Import Contacts"),
      placeHolder: l10n.t("No column names the campaign. Which campaign do all rows belong to?"),
      ignoreFocusOut: true,
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return undefined;
  const [member = ""] = campaignMembers;
  return {
    table: withColumn(table, member, String(picked.id)),
    mapping: new Map([...mapping, [table.columns.length, member]]),
    campaigns: known,
  };
}

/** Empty for older servers, which have no call for campaigns. */
async function campaignsOf(client: Connection["client"]): Promise<Campaign[]> {
  try {
    const records = await client.listCampaigns();
    return records.map(campaignFromRecord).filter((campaign) => campaign !== undefined);
  } catch (error) {
    if (error instanceof NoSuchPath) return [];
    throw error;
  }
}

function knownOf(campaigns: readonly Campaign[]): KnownCampaigns {
  return {
    ids: new Set(campaigns.map(({ id }) => id)),
    names: new Set(campaigns.map(({ name }) => name)),
  };
}
