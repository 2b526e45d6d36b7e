import { contactIdOf } from "../api/record/key";

/** A contact that a result line of the log names, and where in the text it does. */
export interface LoggedContact {
  /** Of `#40101`. */
  readonly start: number;
  readonly length: number;
  readonly endpoint: string;
  readonly id: number;
}

/**
 * A result line as the log shows it: `2026-11-05 09:15:00.123 [info] <endpoint> <action> #<id> <outcome> HTTP …`. The
 * first such words count: what follows may be the server's, and may look like another result.
 */
const resultLine =
  /^(\S+ \S+ \[(?:info|warning|error)\] )((.{1,40}?) (?:delete|lock|unlock|restore) )(#([1-9]\d*)) [a-zA-Z]+ HTTP (?:\d{3}|-) \d+ ms(?: : |$)/gm;

/** The contacts of a log, in the order of its lines. */
export function loggedContacts(log: string): LoggedContact[] {
  const found: LoggedContact[] = [];
  for (const {
    index,
    1: prefix = "",
    2: before = "",
    3: endpoint = "",
    4: name = "",
    5: digits,
  } of log.matchAll(resultLine)) {
    const id = contactIdOf(digits);
    if (id === undefined) continue;
    found.push({ start: index + prefix.length + before.length, length: name.length, endpoint, id });
  }
  return found;
}
