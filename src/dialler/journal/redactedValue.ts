/**
 * Redacts every text in a JSON value, including member names, because a server may have put a token anywhere. Objects
 * are rebuilt from entries, so that a member `__proto__` stays a member.
 */
export function redactedValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), redactedValue(member, redact)]),
  );
}
