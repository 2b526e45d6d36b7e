import type { ImportItem, ImportPlan } from "../../../dialler/transfer/importPlan";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { discreetRecord } from "../../shown/mask";
import type { Converted } from "../../../dialler/transfer/importRows";
import { visible } from "../../../dialler/text/cells/visible";
import { plainLine, plainText } from "../../shown/plainText";
import { type Place, placeText, quoted } from "./confirmWords";

/** What is shown before anything of a file is sent. */
export interface ImportPreview {
  readonly place: Place;
  readonly plan: ImportPlan;
  /** How the file was read. */
  readonly how: string;
}

/** "Import 37 Contacts", for a button and for a question. */
export function importButton(count: number): string {
  return count === 1
    ? l10n.t("Import 1 Contact")
    : l10n.t("Import {count} Contacts", { count: l10n.number(count) });
}

/** How many rows are imported, skipped or refused, a line each. */
export function importCounts({ plan: { fresh, existing, aside, alike } }: ImportPreview): string[] {
  const lines = [l10n.t("New contacts: {count}", { count: l10n.number(fresh.length) })];
  if (alike.length > 0) {
    lines.push(l10n.t("Of these, with a UserData similar to a contact's: {count} ({lines})", countOf(alike)));
  }
  if (existing.length > 0) {
    const values = countOf(existing.map(({ line }) => line));
    lines.push(l10n.t("Skipped, because a contact already has their UserData: {count} ({lines})", values));
  }
  if (aside.length > 0) {
    const values = countOf(aside.map(({ line }) => line));
    lines.push(l10n.t("Cannot be imported: {count} ({lines})", values));
  }
  return lines;
}

/** The consequences of overwriting. */
export function overwriteText(): string {
  return l10n.t(
    "Overwriting replaces such a contact with its row: members that the row lacks may be emptied. This cannot be undone.",
  );
}

const linesNamed = 10;

function countOf(lines: readonly number[]): { readonly count: string; readonly lines: string } {
  const [only] = lines;
  const count = l10n.number(lines.length);
  if (only !== undefined && lines.length === 1) return { count, lines: lineText(only) };
  const named = lines.slice(0, linesNamed).join(", ");
  return {
    count,
    lines: l10n.t("lines {lines}", { lines: lines.length > linesNamed ? `${named}…` : named }),
  };
}

/** The whole preview as lines of text. */
export function importPreviewText(preview: ImportPreview): string {
  const { place, plan, how } = preview;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", title, ...lines];
  return `${[
    l10n.t("Import into {place}. Nothing has been sent yet.", { place: placeText(place) }),
    l10n.t("Read as {how}.", { how: plainText(how, 300) }),
    "",
    ...importCounts(preview),
    ...section(
      l10n.t("Not part of it ({count}):", { count: l10n.number(plan.aside.length) }),
      plan.aside.map(({ line, reason, shown = reason }) => `  ${lineText(line)}: ${plainText(shown, 300)}`),
    ),
    ...section(
      l10n.t("Skipped unless overwriting is chosen ({count}):", { count: l10n.number(plan.existing.length) }),
      plan.existing.map((item) => `${rowText(item, place)}  → #${item.before[0]?.idText ?? "?"}`),
    ),
    ...section(
      l10n.t("To be created ({count}):", { count: l10n.number(plan.fresh.length) }),
      plan.fresh.map((item) => rowText(item, place)),
    ),
  ].join("\n")}\n`;
}

function lineText(line: number): string {
  return l10n.t("line {line}", { line });
}

function rowText({ line, record, userData, converted = [] }: ImportItem, place: Place): string {
  const text = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? String(value) : "";
  const shown = place.masked ? discreetRecord(record, true) : record;
  const name = [shown.Name, shown.FirstName].map(text).filter((part) => part !== "");
  const id = text(record.DiallerCampaignsID);
  const campaign = id === "" ? text(record.DiallerCampaignsName) : place.campaignName(Number(id));
  return [
    `  ${lineText(line)}`,
    plainText(name.join(", "), 60),
    plainText([campaign ?? "", id === "" ? "" : `#${id}`].filter((part) => part !== "").join(" "), 80),
    userData === undefined ? "–" : quoted(userData),
    ...converted.map((each) => convertedText(each, place)),
  ].join("  ");
}

/** "PhoneNumber1: 030 1234567 → 0301234567"; with the mask on, the value only as the mask shows it. */
function convertedText({ member, from, to }: Converted, { masked }: Place): string {
  const shown = masked ? discreetRecord({ [member]: to }, true)[member] : to;
  const value = typeof shown === "string" ? shown : to;
  return plainText(value === to ? `${member}: ${visible(from)} → ${to}` : `${member}: ${value}`, 120);
}

/** The requests in their order, without the token and with bank data masked; with the mask on, numbers and addresses too. */
export function importDryRunText(
  { place, plan }: ImportPreview,
  { client }: Pick<Connection, "client">,
): string {
  const requests = (items: readonly ImportItem[]): string[] =>
    items.flatMap(({ record, overwrite }) => {
      const { method, url } = client.importRequest(record, overwrite);
      const shown = discreetRecord(record, place.masked);
      return [plainLine(`${method} ${url}`), `  ${plainLine(JSON.stringify(shown))}`];
    });
  const overwriting =
    plan.existing.length === 0
      ? []
      : ["", l10n.t("Only where overwriting is chosen:"), "", ...requests(plan.existing)];
  const heading = l10n.t("Dry run: these requests would be sent. Nothing was sent.");
  return `${[heading, "", ...requests(plan.fresh), ...overwriting].join("\n")}\n`;
}
