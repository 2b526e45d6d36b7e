import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { ContactPacker } from "../../../src/dialler/api/scan/contactPacker";
import { RecordScanner } from "../../../src/dialler/api/scan/recordScanner";
import { ContactTable } from "../../../src/dialler/list/contactTable";

/** The table that a reply with these records makes, in batches of `batch` contacts. */
export function tableOf(records: readonly WireRecord[], batch = 3, lockField = ""): ContactTable {
  const table = new ContactTable();
  for (let start = 0; start < records.length; start += batch)
    addTo(table, records.slice(start, start + batch), lockField);
  return table;
}

/** Adds a batch of contacts. */
export function addTo(table: ContactTable, records: readonly WireRecord[], lockField = ""): void {
  const packer = new ContactPacker(lockField);
  const scanner = new RecordScanner(packer);
  scanner.push(Buffer.from(JSON.stringify({ records })));
  if (!scanner.end()) throw new Error("The records are no list.");
  table.add(packer.take());
}
