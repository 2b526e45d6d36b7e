import type { ExportFormat } from "./exportRows";

/** Keeps the whole name well below what file systems allow. */
const longestEndpoint = 40;

/** A name for an export: the endpoint and the local date and time, and no person. */
export function exportName(endpoint: string, format: ExportFormat, at: Date): string {
  const ending = { spreadsheet: ".csv", raw: "-raw.csv", json: ".json" }[format];
  return `contacts${partOf(endpoint)}-${stampOf(at)}${ending}`;
}

/** A name for the rows of an import that were not imported. */
export function notImportedName(at: Date): string {
  return `rows-not-imported-${stampOf(at)}.csv`;
}

function partOf(endpoint: string): string {
  const plain = endpoint.replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-").replace(/^-+|-+$/g, "");
  return plain === "" ? "" : `-${Array.from(plain).slice(0, longestEndpoint).join("")}`;
}

function stampOf(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${date}-${two(at.getHours())}${two(at.getMinutes())}`;
}
