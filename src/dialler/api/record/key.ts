import * as l10n from "../../../l10n";
import { withoutInvisible } from "./invisible";

/** The server does not store longer UserData unchanged. */
export const userDataLength = 64;

/** The ID as a number; undefined if it cannot be sent. Valid IDs are digits without a leading zero, below 2^53. */
export function contactIdOf(value: unknown): number | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const text = String(value);
  if (!/^[1-9][0-9]*$/.test(text)) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : undefined;
}

/**
 * The ID as a path segment.
 * @throws InvalidKey
 */
export function checkedId(value: unknown): number {
  const id = contactIdOf(value);
  if (id === undefined) {
    throw new InvalidKey(
      l10n.t("An ID is a whole number from 1 upwards, without spaces or signs. Nothing was sent."),
    );
  }
  return id;
}

/** Why this UserData must not be sent, as a sentence; undefined if it may. */
export function userDataFault(value: string): string | undefined {
  if (value.trim() === "") return l10n.t("The UserData is empty. Nothing was sent.");
  if (!value.isWellFormed()) {
    return l10n.t("The UserData contains half a character (a lone surrogate) and cannot be sent.");
  }
  return undefined;
}

/**
 * The UserData exactly as given, never trimmed or normalised.
 * @throws InvalidKey
 */
export function checkedUserData(value: string): string {
  const fault = userDataFault(value);
  if (fault !== undefined) throw new InvalidKey(fault);
  return value;
}

/**
 * Whether two UserData differ only in case, accents or blanks at the ends, so that a person must decide whether they
 * are the same.
 */
export function looksAlike(a: string, b: string): boolean {
  return a !== b && folded(a) === folded(b);
}

/** The UserData as a lenient server may compare it, whose collation is unknown. */
export function folded(text: string): string {
  return withoutInvisible(text).trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The UserData as a person reads it: without invisible signs, other blanks as ordinary ones, none at the ends. */
export function cleanedUserData(text: string): string {
  return withoutInvisible(text).replace(/\p{Z}/gu, " ").trim();
}

/** An ID or UserData that must not be sent. Thrown before any request. */
export class InvalidKey extends Error {
  override readonly name = "InvalidKey";
}
