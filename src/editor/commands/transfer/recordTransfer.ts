import { type Contact, contactFromRecord } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import { outcomeDetails } from "../../../dialler/runs/outcome";
import { entryBefore } from "../../../dialler/runs/plan";
import type { RecordedAction } from "../../../dialler/runs/recordedAction";
import type { RunTotal } from "../../../dialler/runs/runSnapshot";
import type { ImportItem } from "../../../dialler/transfer/importPlan";
import type { RowResult } from "../../../dialler/transfer/importReport";
import type { Parts } from "../call/parts";

type HistoryParts = Pick<Parts, "history">;

/** The name in a row that was sent, by row. */
export function contactsSent(items: readonly ImportItem[]): ReadonlyMap<number, Contact> {
  return new Map(items.map(({ row, record }) => [row, contactFromRecord(record)]));
}

/** Adds an import to the Activity view, for this session only. Its entries are the rows of the file. */
export async function recordImport(
  { history }: HistoryParts,
  connection: Connection,
  results: readonly RowResult[],
  sent: ReadonlyMap<number, Contact>,
  startedAt: Date,
): Promise<void> {
  const items = results.map(({ id, userData }) => ({
    ...(id === undefined ? {} : { id }),
    ...(userData === undefined ? {} : { userData }),
  }));
  const entries = results.map(({ row }) => {
    const { name } = entryBefore(sent.get(row));
    return name === undefined ? {} : { name };
  });
  const recorder = await history.begin({ ...aboutOf(connection, "import"), items }, false, startedAt, {
    entries,
  });
  results.forEach((result, item) => recorder.outcome(item, outcomeDetails(result)));
  await recorder.end();
}

/** Adds an export to the Activity view, for this session only: one row with its counts. */
export async function recordExport(
  { history }: HistoryParts,
  connection: Connection,
  total: RunTotal,
  startedAt: Date,
): Promise<void> {
  const about = { ...aboutOf(connection, "export"), items: [] };
  await (await history.begin(about, false, startedAt, { total })).end();
}

function aboutOf(
  { endpoint, baseUrl }: Connection,
  action: RecordedAction,
): { action: RecordedAction; endpoint: string; baseUrl: string; demo: boolean } {
  return { action, endpoint: endpoint.name, baseUrl, demo: endpoint.kind === "demo" };
}
