import * as l10n from "../../l10n";

const written = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The moment that a date-time of the server means: in its time zone if it names one, else as if it were this
 * computer's. Undefined if it is no date-time.
 */
export function momentOf(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second = "00", millis = "0", zone = ""] =
    written.exec(text.trim()) ?? [];
  if (minute === undefined) return undefined;
  const colon = zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const moment = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${millis.padEnd(3, "0")}${colon}`,
  );
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** A date-time of the server in this computer's zone and the person's language; any other text as it is. */
export function localTime(text: string): string {
  const moment = momentOf(text);
  return moment === undefined ? text : l10n.dateTime(moment);
}

/** A date-time of the server with how far away it is: "28 Nov 2026, 12:24, in 3 days"; any other text as it is. */
export function localTimeAndDistance(text: string, now = new Date()): string {
  const moment = momentOf(text);
  return moment === undefined ? text : `${l10n.dateTime(moment)}, ${l10n.distance(moment, now)}`;
}

/** Seconds as "1:35" or "1:02:03". */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
