import * as l10n from "../../l10n";

const known = ["baseUrl", "environment", "readOnly", "allowHttp", "caFile"] as const;

/** The members of an endpoint in the settings that mean nothing, such as a misspelt name. */
export function unknownMembers(raw: object): string[] {
  return Object.keys(raw).filter((member) => !known.some((name) => name === member));
}

/** The sentence about a member that means nothing. */
export function unknownMemberSentence(endpoint: string, member: string): string {
  return l10n.t("The endpoint {endpoint} has an unknown member “{member}”. Members: {known}.", {
    endpoint,
    member,
    known: known.join(", "),
  });
}

/** An endpoint that a person meant to protect must not be changed because of a typing error. */
export function misspeltReadOnly(raw: object): string | undefined {
  return unknownMembers(raw).find((member) => editDistance(member.toLowerCase(), "readonly") <= 2);
}

/** How many characters must be inserted, removed or replaced. */
function editDistance(from: string, to: string): number {
  // Far more than counts here, and a member name may be long.
  if (Math.abs(from.length - to.length) > 2) return Infinity;
  let before = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, letter] of Array.from(from).entries()) {
    const next = [row + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (before[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (before[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    before = next;
  }
  return before[to.length] ?? 0;
}
