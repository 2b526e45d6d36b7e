import * as l10n from "../../../l10n";
import { type CellFault, type CellValue, fault, valueOfCell } from "./cellValue";
import { type Day, isoDay, isoTime, isRealDay } from "./wallClock";

/** Two digits of a year: later ones may as well be of the last century. */
const lastShortYear = 49;

/** Earlier ones are typing errors; with the year first they are what a server writes for "never". */
const earliestYear = 1900;

/**
 * The time of the next try as `2026-12-24T10:00`, with seconds and zone if it has them. The wall clock stays as it is
 * written: no time zone is assumed. A day without a time begins at midnight: the try is due on that day.
 */
export function nextTryCell(text: string): CellValue {
  const written = text.replace(/\s+/g, " ").trim();
  if (written === "") return valueOfCell(text, "");
  if (/^\d{5}(?:[.,]\d+)?$/.test(written))
    return fault(l10n.t("it is the number that a spreadsheet keeps for a date; format the column as a date"));
  const { date, time, zone } = partsOf(written);
  const days = daysMeant(date);
  if (typeof days === "string") return fault(days);
  const clock = time === "" ? "00:00" : isoTime(time);
  if (clock === undefined) {
    return fault(/^\d{1,2}:\d{2}/.test(time) ? l10n.t("there is no such time of day") : unknownForm());
  }
  // A zone belongs to the form with the year first.
  if (zone !== "" && (time === "" || !/^\d{4}-/.test(date))) return fault(unknownForm());
  const [day, ...others] = days;
  if (day === undefined) return fault(l10n.t("there is no such day"));
  return others.length > 0 ? ambiguous(days) : valueOfCell(text, `${day}T${clock}${zone}`);
}

interface Parts {
  readonly date: string;
  /** Empty if there is none. */
  readonly time: string;
  readonly zone: string;
}

function partsOf(written: string): Parts {
  const [, date = "", rest = ""] = /^(\d+[-/.] ?\d+[-/.] ?\d+)(?:(?:, ?| |T)(.+))?$/i.exec(written) ?? [];
  const [, time = "", sign = ""] = /^(.*?\d) ?(Z|[+-]\d{2}(?::?\d{2})?)$/i.exec(rest) ?? ["", rest];
  const zone = sign.replace(
    /^([+-]\d{2}):?(\d{2})?$/,
    (_, hours: string, minutes = "00") => `${hours}:${minutes}`,
  );
  return { date, time, zone: zone.toUpperCase() };
}

/** The days that a date may mean, as `2026-12-24`, none twice; or why it cannot be read. */
function daysMeant(date: string): readonly string[] | string {
  const parts = /^(\d+)([-/.]) ?(\d+)\2 ?(\d+)$/.exec(date);
  if (parts === null) return unknownForm();
  const [, first = "", sign = "", second = "", third = ""] = parts;
  if (second.length > 2) return unknownForm();
  if (first.length === 4 && third.length <= 2) return real([dayOf(first, second, third)]);
  if (first.length > 2 || (third.length !== 2 && third.length !== 4)) return unknownForm();
  if (third.length === 4 && Number(third) < earliestYear) return [];
  if (third.length === 2 && Number(third) > lastShortYear)
    return l10n.t("its year has two digits; write four");
  const dayFirst = dayOf(third, second, first);
  // Days with dots are written in one order only.
  if (sign === ".") return real([dayFirst]);
  const yearFirst = third.length === 2 && first.length === 2 ? [dayOf(first, second, third)] : [];
  return real([dayFirst, dayOf(third, first, second), ...yearFirst]);
}

function dayOf(year: string, month: string, day: string): Day {
  return { year: Number(year.length === 2 ? `20${year}` : year), month: Number(month), day: Number(day) };
}

function real(days: readonly Day[]): string[] {
  return [...new Set(days.filter(isRealDay).map(isoDay))];
}

function ambiguous(days: readonly string[]): CellFault {
  return {
    kind: "fault",
    reason: l10n.t("its day and month can be read in several ways; write the year first, as in 2026-12-24"),
    shown: l10n.t("it can mean {days}; write the year first, as in 2026-12-24", { days: days.join(" | ") }),
  };
}

function unknownForm(): string {
  return l10n.t("it is not a date in a known form; write it as in 2026-12-24 10:00");
}
