import { isLockMember, lockFromValue, type LockState } from "./contact";
import type { WireRecord } from "./wire";

/**
 * The record after a lock or unlock, its lock member in the form in which the server wrote it. Undefined if the record
 * has no such member, or holds a form that only the server can write, such as the time of locking.
 */
export function recordWithLock(
  record: WireRecord,
  lock: Exclude<LockState, "unknown">,
  lockField = "",
): WireRecord | undefined {
  const entries = Object.entries(record);
  const found = entries.find(([name]) => isLockMember(name, lockField));
  if (found === undefined) return undefined;
  if (lockFromValue(found[1]) === lock) return record;
  const value = flagLike(found[1], lock === "locked");
  if (value === undefined) return undefined;
  return Object.fromEntries(entries.map(([name, held]) => [name, name === found[0] ? value : held]));
}

function flagLike(before: unknown, flag: boolean): unknown {
  switch (before) {
    case true:
    case false:
      return flag;
    case 0:
    case 1:
      return flag ? 1 : 0;
    case "0":
    case "1":
      return flag ? "1" : "0";
    default:
      return undefined;
  }
}
