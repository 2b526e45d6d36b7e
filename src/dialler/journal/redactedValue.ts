/**
 * JSON with every text in it redacted, names of members included: a server may have put a token anywhere. Maps of a
 * server's making are rebuilt by entries, so that a `__proto__` among them stays a member.
 */
export function redactedValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), redactedValue(member, redact)]),
  );
}
