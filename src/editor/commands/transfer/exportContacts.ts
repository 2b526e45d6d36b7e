import { finishedOf } from "../progress/progress";
import * as vscode from "vscode";
import { Cancelled } from "../../../dialler/api/http/connectionErrors";
import type { WireRecord } from "../../../dialler/api/record/wire";
import type { Connection } from "../../../dialler/endpoint/connect";
import { exportName } from "../../../dialler/transfer/exportName";
import { type Wanted, wholeRecords } from "../../../dialler/transfer/exportRecords";
import { type ExportChoice, ExportText } from "../../../dialler/transfer/exportRows";
import * as l10n from "../../../l10n";
import { discreetRecord } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import type { Step } from "../call/notify";
import type { Parts } from "../call/parts";
import { exportScope } from "./exportScope";
import { pickExport } from "./pickExport";
import { recordExport } from "./recordTransfer";
import { chooseTarget, writeTo } from "./saveFile";

/**
 * Writes whole records of contacts into a file: they are read again, because the tree keeps only what it shows.
 * @throws Refusal, ApiError; the file is as it was then
 */
export async function exportContacts(parts: Parts, args: readonly unknown[]): Promise<void> {
  const scope = await exportScope(parts, args);
  if (scope === undefined) return;
  const { connection, wanted } = scope;
  const { lockField, mask } = parts.preferences.now;
  const picked = await pickExport(parts, wanted.size);
  if (picked === undefined) return;
  const shownOf = (record: WireRecord): WireRecord => discreetRecord(record, true);
  const choice: ExportChoice = { ...picked, lockField, ...(mask ? { shownOf } : {}) };
  const name = exportName(connection.endpoint.name, choice.format, new Date());
  const target = await chooseTarget(parts, name, "export");
  if (target === undefined) return;
  const startedAt = new Date();
  const written = await exporting(parts, connection, wanted, choice, target);
  if (written === undefined) {
    parts.channel.say("info", `${connection.endpoint.name} export: ${cancelledText()}`);
    void parts.notify({ level: "success", sentence: cancelledText() });
    return;
  }
  const total = { achieved: written.text.count, planned: wanted.size };
  await recordExport(parts, connection, total, startedAt);
  sayExported(parts, connection, wanted.size, written, await stepsAfter(target));
}

interface Written {
  readonly text: ExportText;
  readonly bytes: number;
  readonly ms: number;
}

/** Undefined when it was cancelled. */
function exporting(
  { progress }: Parts,
  { client, endpoint }: Connection,
  wanted: Wanted,
  choice: ExportChoice,
  target: vscode.Uri,
): Promise<Written | undefined> {
  const title = l10n.t("Exporting contacts of {endpoint}", { endpoint: plainText(endpoint.name, 40) });
  return progress.cancellable(title, async (report, cancelled) => {
    const text = new ExportText(choice);
    const startedAt = Date.now();
    const planned = wanted.size;
    async function* texts(): AsyncGenerator<string> {
      let reported = 0;
      for await (const records of wholeRecords(client, wanted, cancelled)) {
        yield text.push(records);
        report(finishedOf(text.count, planned), ((text.count - reported) / planned) * 100);
        reported = text.count;
      }
      yield text.end();
    }
    try {
      const bytes = await writeTo(target, texts());
      return { text, bytes, ms: Date.now() - startedAt };
    } catch (error) {
      if (cancelled.aborted && error instanceof Cancelled) return undefined;
      throw error;
    }
  });
}

function cancelledText(): string {
  return l10n.t("Export cancelled. Nothing was written.");
}

/** Only numbers: neither the name nor the content of the file belongs in a log. */
function sayExported(
  { channel, notify }: Parts,
  { endpoint }: Connection,
  planned: number,
  written: Written,
  steps: readonly Step[],
): void {
  const { text, bytes, ms } = written;
  const values = {
    count: l10n.number(text.count),
    planned: l10n.number(planned),
    endpoint: plainText(endpoint.name, 40),
  };
  const sentences = [
    planned === 1
      ? l10n.t("Exported {count} of {planned} contact of {endpoint}.", values)
      : l10n.t("Exported {count} of {planned} contacts of {endpoint}.", values),
  ];
  const gone = planned - text.count - text.tooDeep.length;
  if (gone === 1) sentences.push(l10n.t("1 was no longer on the server."));
  if (gone > 1) sentences.push(l10n.t("{count} were no longer on the server.", { count: l10n.number(gone) }));
  if (text.tooDeep.length > 0) sentences.push(tooDeepText(text.tooDeep));
  if (text.late.size > 0) {
    const members = plainText([...text.late].map(([name, count]) => `${name} (${count})`).join(", "), 300);
    sentences.push(
      l10n.t("Members found too late to get a column (with the number of contacts): {members}.", {
        members,
      }),
    );
  }
  if (text.withheld.size > 0) {
    const members = [...text.withheld].join(", ");
    sentences.push(l10n.t("Left out as bank data: {members}.", { members }));
  }
  const { format, members } = text.choice;
  if (members !== undefined) sentences.push(l10n.t("Only the chosen columns were written."));
  const figures = `${format} ${bytes} bytes ${ms} ms`;
  const whole = gone === 0 && text.late.size === 0 && text.tooDeep.length === 0;
  channel.say(whole ? "info" : "warning", `${sentences.join(" ")} ${figures}`);
  void notify({ level: whole ? "information" : "warning", sentence: sentences.join(" "), steps });
}

/** Names the contacts, up to this many. */
const mostNamed = 10;

function tooDeepText(ids: readonly string[]): string {
  const named = ids.slice(0, mostNamed).map((id) => `#${id}`);
  const more = ids.length > named.length ? ", …" : "";
  return l10n.t("Left out as nested too deep: {ids}.", {
    ids: `${named.join(", ")}${more}`,
  });
}

const revealInSystem = "revealFileInOS";

/** What is offered with the file. In a browser there is no file manager to reveal it in. */
async function stepsAfter(target: vscode.Uri): Promise<Step[]> {
  const isRevealable = (await vscode.commands.getCommands(true)).includes(revealInSystem);
  const reveal = { label: l10n.t("Reveal"), command: revealInSystem, arguments: [target] };
  return [
    { label: l10n.t("Open"), command: "vscode.open", arguments: [target] },
    ...(isRevealable ? [reveal] : []),
    {
      label: l10n.t("Copy Path"),
      act: async () => vscode.env.clipboard.writeText(target.fsPath),
    },
  ];
}
