import * as vscode from "vscode";
import { NoSuchPath } from "../../../dialler/api/http/replyErrors";
import { type Campaign, campaignFromRecord } from "../../../dialler/api/record/campaign";
import type { Connection } from "../../../dialler/endpoint/connect";
import { textOfFile } from "../../../dialler/text/fileText";
import type { KnownCampaigns, Mapping } from "../../../dialler/transfer/importRows";
import {
  formulaMarks,
  type ImportTable,
  importTableOf,
  type TableFault,
  withColumn,
  withoutFormulaMarks,
} from "../../../dialler/transfer/importTable";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { nameOf } from "./saveFile";

const mostFileBytes = 64 * 1024 * 1024;

/** The members that can name the campaign of a row. */
const campaignMembers = ["DiallerCampaignsID", "DiallerCampaignsName"];

/** The rows of a file that the person chooses; undefined when they gave up. @throws Refusal when the file has none */
export async function pickTable({ ask }: Pick<Parts, "ask">): Promise<ImportTable | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t("Import Contacts"),
      canSelectMany: false,
      filters: { [l10n.t("Tables and JSON")]: ["csv", "txt", "tsv", "json"], [l10n.t("All Files")]: ["*"] },
    })) ?? [];
  if (uri === undefined) return undefined;
  const file = nameOf(uri);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostFileBytes) {
    throw new Refusal(
      l10n.t("The file {file} is too large to be imported at once. Nothing was sent.", { file }),
    );
  }
  const table = importTableOf(textOfFile(await vscode.workspace.fs.readFile(uri)));
  if (typeof table === "string") throw new Refusal(faultText(table, file));
  const marks = formulaMarks(table);
  if (marks === 0) return table;
  const answer = await ask.formulaMarks(marks);
  if (answer === undefined) return undefined;
  return answer === "remove" ? withoutFormulaMarks(table) : table;
}

function faultText(fault: TableFault, file: string): string {
  return {
    empty: l10n.t("The file {file} has no rows below a header. Nothing was sent.", { file }),
    brokenJson: l10n.t("The file {file} starts like JSON but is not valid JSON. Nothing was sent.", { file }),
    noMembers: l10n.t(
      "No column of {file} has the name of a member, such as Name or PhoneNumber1. Nothing was sent.",
      { file },
    ),
  }[fault];
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
