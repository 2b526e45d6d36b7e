/** Chance with a seed: the same seed writes the same replies. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}

/** Some begin like one another, some are one name written in two ways; the last ones are long. */
const keys = [
  '"ID"',
  '"Name"',
  '"Name1"',
  '"Nam"',
  '"a"',
  '""',
  '"__proto__"',
  '"é😀"',
  '"Lock"',
  '"bLocked"',
  '"constructor"',
  '"I\\u0044"',
  '"N\\u0061me"',
  '"\\u00e9\\ud83d\\uDE00"',
  '"\\ud83d"',
  '"records"',
  '"\\"}],{"',
  '"PhoneNumber1LastAcdAgentEndReasonsID"',
  '"PhoneNumber2LastAcdAgentEndReasonsID"',
] as const;

const numbers = [
  "0",
  "-0",
  "7",
  "40101",
  "-12.50",
  "1e5",
  "1E+05",
  "0.0e-0",
  "123456789012345678901",
  "-1.5E-7",
] as const;

const pieces = [
  "x",
  "Müller",
  "会",
  "🙂",
  " ",
  "\u007f",
  "\u2028",
  "{",
  "}",
  "]",
  ",",
  ":",
  "null",
  '\\"',
  "\\\\",
  "\\/",
  "\\b\\f\\n\\r\\t",
  "\\u0000",
  "\\u00Fc",
  "\\ud83d\\ude42",
  "\\udc00",
] as const;

const spaces = [" ", "\n", "\r\n", "\t", "  \n\t "] as const;

/** How a reply spells its members: most servers use no space, or the same space everywhere. */
interface Style {
  /** How often there is space where space may be: one in so many places. */
  readonly spaceOneIn: number;
  readonly dice: Dice;
}

interface Column {
  readonly key: string;
  readonly nullOneIn: number;
}

/** A list reply; one in twenty is JSON of another shape. */
export function replyText(dice: Dice): string {
  const style: Style = { dice, spaceOneIn: dice.pick([1000, 1000, 30, 2]) };
  const members = envelopeMembers(style);
  const records = `"records"${space(style)}:${space(style)}${recordsText(style)}`;
  members.splice(dice.below(members.length + 1), 0, records);
  if (dice.oneIn(20))
    members.push(dice.pick([records, '"records":[]', '"\\u0072ecords":null', '"records ":[]']));
  const mark = dice.oneIn(20) ? "\ufeff" : "";
  return `${mark}${space(style)}${bracketed(style, "{", members, "}")}${space(style)}`;
}

function envelopeMembers(style: Style): string[] {
  const { dice } = style;
  const names = ['"filter"', '"count"', '"status"', '"co\\u0075nt"', '"ascending"', '"__proto__"'] as const;
  return Array.from({ length: dice.below(5) }, () =>
    memberText(style, dice.pick(names), valueText(style, 2)),
  );
}

function recordsText(style: Style): string {
  const { dice } = style;
  const columns = Array.from({ length: 1 + dice.below(9) }, () => ({
    key: dice.pick(keys),
    nullOneIn: dice.pick([1, 1, 1, 2, 8]),
  }));
  const records = Array.from({ length: dice.below(8) }, () => recordText(style, columns));
  if (dice.oneIn(40)) records.push(valueText(style, 1));
  return bracketed(style, "[", records, "]");
}

/** The columns in their order, as a rule; now and then one is left out, written twice, moved or of another name. */
function recordText(style: Style, columns: readonly Column[]): string {
  const { dice } = style;
  const members: string[] = [];
  for (const { key, nullOneIn } of columns) {
    const odd = dice.below(30);
    if (odd === 0) continue;
    const name = odd === 1 ? dice.pick(keys) : key;
    const text = memberText(style, name, dice.oneIn(nullOneIn) ? "null" : valueText(style, 1));
    members.push(odd === 2 ? text.replace(/:/, " : ") : text);
    if (odd === 3) members.push(memberText(style, name, valueText(style, 1)));
    if (odd === 4) members.unshift(members.pop() ?? text);
  }
  return bracketed(style, "{", members, "}");
}

function memberText(style: Style, key: string, value: string): string {
  return `${key}${space(style)}:${space(style)}${value}`;
}

function valueText(style: Style, depth: number): string {
  const { dice } = style;
  const kind = dice.below(depth > 0 ? 9 : 7);
  if (kind < 2) return dice.pick(numbers);
  if (kind < 5) return `"${Array.from({ length: dice.below(4) }, () => dice.pick(pieces)).join("")}"`;
  if (kind < 7) return dice.pick(["true", "false", "null"]);
  const values = Array.from({ length: dice.below(3) }, () => valueText(style, depth - 1));
  if (kind === 7) return bracketed(style, "[", values, "]");
  const members = values.map((value) => memberText(style, dice.pick(keys), value));
  return bracketed(style, "{", members, "}");
}

function bracketed(style: Style, open: string, parts: readonly string[], close: string): string {
  const inner = parts.map((part) => `${space(style)}${part}${space(style)}`).join();
  return `${open}${inner === "" ? space(style) : inner}${close}`;
}

function space({ dice, spaceOneIn }: Style): string {
  return dice.oneIn(spaceOneIn) ? dice.pick(spaces) : "";
}

export interface Damaged {
  readonly bytes: Buffer;
  /** How many bytes at the start are as they were. */
  readonly unharmed: number;
}

const telling = Buffer.from('{}[],:"\\ \n0195eE+-.tfnulabrsx/\u0000\u001f\u007fé😀');

/** A reply with bytes deleted, inserted, replaced or repeated, or cut off. */
export function damaged(whole: Buffer, dice: Dice): Damaged {
  if (dice.oneIn(4)) {
    const unharmed = dice.below(whole.length);
    return { bytes: whole.subarray(0, unharmed), unharmed };
  }
  let bytes = whole;
  let unharmed = whole.length;
  for (let left = dice.pick([1, 1, 1, 2, 4]); left > 0; left--) {
    const place = dice.below(bytes.length + 1);
    const end = Math.min(bytes.length, place + dice.pick([0, 1, 1, 1, 2, 7]));
    bytes = Buffer.concat([
      bytes.subarray(0, place),
      replacement(bytes, place, end, dice),
      bytes.subarray(end),
    ]);
    unharmed = Math.min(unharmed, place);
  }
  return { bytes, unharmed };
}

function replacement(bytes: Buffer, start: number, end: number, dice: Dice): Buffer {
  const kind = dice.below(8);
  if (kind < 2) return Buffer.alloc(0);
  if (kind < 5) return Buffer.of(telling[dice.below(telling.length)] ?? 0);
  if (kind === 5) return Buffer.of(dice.below(256));
  if (kind === 6) return Buffer.concat([bytes.subarray(start, end), bytes.subarray(start, end)]);
  // From one comma to another: often a whole member or record.
  const from = bytes.indexOf(",", dice.below(bytes.length));
  const to = from < 0 ? -1 : bytes.indexOf(",", from + 1 + dice.below(60));
  return to < 0 ? Buffer.alloc(0) : Buffer.concat([bytes.subarray(from, to), bytes.subarray(start, end)]);
}
