/** A day of the calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isRealDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return (
    month >= 1 && month <= 12 && day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

/** The day as `2026-12-24`. */
export function isoDay({ year, month, day }: Day): string {
  return [String(year).padStart(4, "0"), padded(month), padded(day)].join("-");
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}

/** Whether the whole text is a day with a year of this or the last century, whatever comes first. */
export function hasRealDate(text: string): boolean {
  const parts = /^(\d{4}|\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{1,2})$/.exec(text);
  if (parts === null) return false;
  const [, first, , second, third] = parts;
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  const readings: Day[] = [
    { year: a, month: b, day: c },
    { year: c, month: b, day: a },
    { year: c, month: a, day: b },
  ];
  return readings.some((day) => day.year >= 1900 && day.year < 2100 && isRealDay(day));
}

/**
 * A time of day as `09:30`, with the seconds that it has; undefined if there is no such time. Noon is 12 PM.
 */
export function isoTime(text: string): string | undefined {
  const parts = /^(\d{1,2}):(\d{2})(:\d{2})?(?:[.,](\d{1,9}))?(?: ?([ap])\.?m\.?| ?Uhr)?$/i.exec(text);
  if (parts === null) return undefined;
  const [, hours = "", minutes = "", seconds = "", fraction, half] = parts;
  if (fraction !== undefined && seconds === "") return undefined;
  const written = Number(hours);
  if (half !== undefined && (written < 1 || written > 12)) return undefined;
  const hour = half === undefined ? written : (written % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds.slice(1)) > 59) return undefined;
  return `${padded(hour)}:${minutes}${seconds}${fraction === undefined ? "" : `.${fraction}`}`;
}
