import { contactFromRecord, contactLabel } from "../../../dialler/api/record/contact";
import type { WireRecord } from "../../../dialler/api/record/wire";
import * as l10n from "../../../l10n";
import { causeText } from "../../shown/causeText";
import { plainText } from "../../shown/plainText";
import { durationText, localTime, momentOf } from "../../shown/serverTime";
import { callsOf, type PastCall, type ResultCode, resultCodeOf, type ResultType } from "./callHistory";

/** The result and the calls of a contact as an aligned table, newest call first. Every text of the server is one line. */
export function historyText(record: WireRecord, redact: (text: string) => string): string {
  const contact = contactFromRecord(record);
  const clean = (text: string, longest: number): string => plainText(redact(text), longest);
  const who = [contactLabel(contact), contact.userData ?? "", `#${contact.idText}`]
    .map((part) => clean(part, 80))
    .filter((part) => part !== "");
  const result = clean(resultText(resultCodeOf(record)), 120);
  const calls = newestFirst(callsOf(record));
  return [
    [...new Set(who)].join(" · "),
    ...(result === "" ? [] : [l10n.t("Result: {result}", { result })]),
    "",
    ...(calls.length === 0 ? [l10n.t("No calls yet.")] : callLines(calls, clean)),
    "",
  ].join("\n");
}

function callLines(calls: readonly PastCall[], clean: (text: string, longest: number) => string): string[] {
  const count =
    calls.length === 1
      ? l10n.t("1 call.")
      : l10n.t("{count} calls, newest first.", { count: l10n.number(calls.length) });
  const isUnzoned = calls.some(
    ({ at }) => momentOf(at) !== undefined && !/Z$|[+-]\d\d:?\d\d$/.test(at.trim()),
  );
  const rows = calls.map(({ at, number, seconds, cause, agent, result }) =>
    [
      localTime(at),
      number,
      seconds === undefined ? "" : durationText(seconds),
      cause === undefined ? "" : causeText(cause),
      agent,
      result,
    ].map((cell) => clean(cell, 40)),
  );
  const head = [
    l10n.t("Time"),
    l10n.t("Number"),
    l10n.t("Duration"),
    l10n.t("Cause"),
    l10n.t("Agent"),
    l10n.t("Result"),
  ];
  const zone = l10n.t("The server names no time zone; the times are shown as it sent them.");
  return [count, ...(isUnzoned ? [zone] : []), "", ...aligned(head, rows)];
}

/** Calls without a readable time come last. The server sends the oldest first, so equal times are reversed. */
function newestFirst(calls: readonly PastCall[]): PastCall[] {
  const timed = calls.map((call, place) => ({ call, place, at: momentOf(call.at)?.getTime() ?? -Infinity }));
  timed.sort((a, b) => (a.at === b.at ? b.place - a.place : b.at - a.at));
  return timed.map(({ call }) => call);
}

/** "Not reached (called again after a delay)"; empty if there is no result. */
function resultText({ text, id, types }: ResultCode): string {
  const words: Readonly<Record<ResultType, string>> = {
    bDone: l10n.t("done, not called again"),
    bAborted: l10n.t("aborted, not called again"),
    bDelay: l10n.t("called again after a delay"),
    bAppointment: l10n.t("called at an agreed time"),
  };
  const name = text || id;
  const [type] = types;
  return name === "" || type === undefined ? name : `${name} (${words[type]})`;
}

function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => Array.from(cell).length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - Array.from(cell).length))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)];
}
