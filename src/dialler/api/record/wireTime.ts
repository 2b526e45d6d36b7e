const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;
/** No gap in a day is longer, so the search for its end stops here. */
const mostHalfHours = 48;

/** A time as a server writes it. */
export interface WireTime {
  /** What a clock at the place shows, in milliseconds, counted as if it were UTC. */
  readonly clockMs: number;
  /** Minutes east of UTC; undefined if the text names no zone. */
  readonly zone: number | undefined;
}

/** Date, time and zone, with any separators or none. Time, seconds, fraction and zone may be missing. */
const written =
  /^\s*(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[\sT_-]*(\d\d)[:.]?(\d\d)(?:[:.]?(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d)?)?)?\s*$/i;

/** Undefined if the text is no time, or names a day or an hour that does not exist. */
export function wireTimeOf(text: string): WireTime | undefined {
  const found = written.exec(text);
  if (found === null) return undefined;
  const part = (group: number): number => Number(found[group] ?? 0);
  const [month, date, hour, minute, second] = [part(3), part(4), part(5), part(6), part(7)];
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  // `Date.UTC` would take the years below 100 for those of the last century.
  const day = new Date(0);
  day.setUTCFullYear(part(1), month - 1, date);
  if (day.getUTCMonth() !== month - 1 || day.getUTCDate() !== date) return undefined;
  const seconds = (hour * 60 + minute) * 60 + second + Number(`0.${found[8] ?? 0}`);
  return { clockMs: day.getTime() + seconds * 1000, zone: zoneOf(found) };
}

function zoneOf([, , , , , , , , , utc, hours, minutes]: RegExpExecArray): number | undefined {
  if (utc !== undefined) return 0;
  if (hours === undefined) return undefined;
  const sign = hours.startsWith("-") ? -1 : 1;
  return Number(hours) * 60 + sign * Number(minutes ?? 0);
}

/**
 * Where a time stands among others of which some name a zone: first by `instantMs`, then by `clockMs`. Those with a
 * zone are in the order of their instants, and those without one in that of the clock, which is taken for a clock of
 * this computer.
 */
export function placeInTime({ clockMs, zone }: WireTime): {
  readonly instantMs: number;
  readonly clockMs: number;
} {
  if (zone !== undefined) {
    const instantMs = clockMs - zone * minuteMs;
    return { instantMs, clockMs: localClock(instantMs) };
  }
  // Clocks that are put forward skip times. These stand where the skipped part ends.
  let shown = clockMs;
  let instantMs = localInstant(shown);
  for (let step = 0; step < mostHalfHours && localClock(instantMs) !== shown; step++) {
    shown = (Math.floor(shown / halfHourMs) + 1) * halfHourMs;
    instantMs = localInstant(shown);
  }
  return { instantMs, clockMs };
}

/** The first instant at which clocks of this computer show this. */
function localInstant(clockMs: number): number {
  const shown = new Date(clockMs);
  const instant = new Date(0);
  instant.setFullYear(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
  instant.setHours(shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds(), 0);
  return instant.getTime() + (clockMs - Math.floor(clockMs / 1000) * 1000);
}

function localClock(instantMs: number): number {
  const at = new Date(instantMs);
  const shown = new Date(0);
  shown.setUTCFullYear(at.getFullYear(), at.getMonth(), at.getDate());
  shown.setUTCHours(at.getHours(), at.getMinutes(), at.getSeconds(), 0);
  return shown.getTime() + (instantMs - Math.floor(instantMs / 1000) * 1000);
}
