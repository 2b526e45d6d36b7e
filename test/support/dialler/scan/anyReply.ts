// List replies of any shape, for properties.
import fc from "fast-check";
import { wanted } from "./scanReply";

const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });

const seldomSpace = fc.oneof({ weight: 8, arbitrary: fc.constant("") }, space);

const hex = fc.stringMatching(/^[0-9a-fA-F]{4}$/);

const letter = fc.oneof(
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 3 })
    .map((text) => JSON.stringify(text).slice(1, -1)),
  hex.map((code) => `\\u${code}`),
  fc.constantFrom(
    "\\n",
    "\\/",
    "\\\\",
    '\\"',
    "\\b",
    "\\f",
    "\\r",
    "\\t",
    "]}",
    "},{",
    "\u2028",
    "\ufeff",
    "null",
  ),
);

const string = fc.array(letter, { maxLength: 5 }).map((letters) => `"${letters.join("")}"`);

const number = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

/** A name with some of its letters written as escapes. */
const wantedKey = fc
  .tuple(fc.constantFrom(...wanted.keys()), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }))
  .map(([name, escaped]) => {
    const letters = name.split("").map((unit, index) => {
      const half = /[\ud800-\udfff]/.test(unit);
      return escaped[half ? 0 : index % 12] === true
        ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
        : unit;
    });
    return `"${letters.join("")}"`;
  });

const key = fc.oneof(
  wantedKey,
  fc.constantFrom(...wanted.keys()).map((name) => JSON.stringify(name)),
  fc.constantFrom('"I"', '"IDs"', '"Nam"', '"Name1"', '"aa"', '"blocked"', '"toString"', '"records"'),
  string,
);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("null", "null", "true", "false"),
    number,
    string,
    fc.array(tie("value"), { maxLength: 4 }).chain((values) => joined("[", values, "]")),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).chain((members) =>
      joined(
        "{",
        members.map(([name, text]) => `${name}:${text}`),
        "}",
      ),
    ),
  ),
}));

/** The parts with brackets, commas and any space around them. */
function joined(open: string, parts: readonly string[], close: string): fc.Arbitrary<string> {
  return fc.tuple(seldomSpace, seldomSpace).map(([before, behind]) => {
    const inner = parts.map((part) => `${before}${part}${behind}`).join();
    return `${open}${inner === "" ? before : inner}${close}`;
  });
}

const member = fc
  .tuple(key, seldomSpace, seldomSpace, value)
  .map(([name, before, behind, text]) => `${name}${before}:${behind}${text}`);

/** Records of any members in any order. */
const anyRecord = fc.array(member, { maxLength: 9 }).chain((members) => joined("{", members, "}"));

/** Records as servers write them: the same members in one order, many of them null, some of them left out. */
const table = fc.uniqueArray(key, { minLength: 1, maxLength: 9 }).chain((columns) => {
  const cell = fc.oneof(
    { weight: 5, arbitrary: fc.constant("null") },
    { weight: 2, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  const row = fc
    .tuple(
      fc.array(cell, { minLength: columns.length, maxLength: columns.length }),
      fc.constantFrom(":", ":", ":", " : "),
    )
    .chain(([cells, colon]) => {
      const members = columns.flatMap((name, index) => {
        const text = cells[index];
        return text === undefined ? [] : [`${name}${colon}${text}`];
      });
      return fc
        .oneof(fc.constant(members), fc.shuffledSubarray(members))
        .chain((list) => joined("{", list, "}"));
    });
  return fc.array(row, { maxLength: 9 });
});

const list = fc
  .oneof(fc.array(anyRecord, { maxLength: 6 }), table)
  .chain((records) => joined("[", records, "]"));

const envelopeMember = fc
  .tuple(
    fc.oneof(
      string,
      fc.constantFrom('"count"', '"status"', '"st\\u0061tus"', '"filter"', '"__proto__"', '"Records"'),
    ),
    value,
  )
  .map(([name, text]) => `${name}:${text}`);

/** The bytes of a reply that holds a list. */
export const anyReply = fc
  .tuple(
    fc.array(envelopeMember, { maxLength: 4 }),
    fc.constantFrom('"records"', '"records"', '"\\u0072ecord\\u0073"'),
    list,
    fc.array(envelopeMember, { maxLength: 4 }),
    fc.constantFrom("", "", "\ufeff"),
    seldomSpace,
  )
  .chain(([before, name, records, after, mark, around]) =>
    joined("{", [...before, `${name}:${records}`, ...after], "}").map((text) =>
      Buffer.from(`${mark}${around}${text}${around}`),
    ),
  );

/** Where a reply is cut into chunks. */
export const places = fc.array(fc.nat({ max: 2000 }), { maxLength: 12 });
