import assert from "node:assert/strict";
import fc from "fast-check";
import { BrokenJson, incomplete, skipString, skipValue } from "../../../../../src/dialler/api/scan/jsonBytes";

describe("skipValue", () => {
  it("takes every number of JSON, and no other text of the signs that numbers have", () => {
    for (const text of textsOf(["-", "01", "10", ".5", "e-7", "E+"], 4)) checkAlone(text);
    for (const text of textsOf(["-", "+", "0", "12", ".", "e", "E"], 5)) checkAlone(text);
  });

  it("takes every arrangement of brackets, commas and colons that JSON has", () => {
    for (const text of textsOf(["[", "]", "{", "}", ",", ":", '"a"', "1"], 5)) checkAlone(text);
    for (const text of textsOf(['{"a":', "}", ',"b":', ",", "[", "]", "null"], 5)) checkAlone(text);
  });

  it("takes true, false and null, and nothing that is nearly one of them", () => {
    for (const word of ["true", "false", "null"]) {
      checkAlone(word);
      for (let index = 0; index < word.length; index++) {
        for (const sign of ["x", "T", "U", "l", "e", "", " ", "\0"]) {
          checkAlone(word.slice(0, index) + sign + word.slice(index + 1));
        }
      }
    }
  });

  it("skips the space of JSON and no other space", () => {
    for (let code = 0; code < 256; code++) {
      const sign = String.fromCharCode(code);
      for (const text of [
        `[${sign}]`,
        `[1${sign},2]`,
        `{"a"${sign}:1}`,
        `{"a":${sign}1}`,
        `{"a":1${sign}}`,
      ]) {
        checkAlone(text);
      }
    }
  });

  it("skips any value, whatever is in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        checkAlone(JSON.stringify(value, null, indent));
      }),
      { numRuns: 500 },
    );
  });

  it("needs more bytes wherever a value is cut, and never says so of a value with something behind it", () => {
    const whole = '{"a":[1,-2.5e+10,"x\\n\\u00e9\\"é",{"":null},[]],"b":{},"c":true,"d":false}';
    for (let length = 0; length < Buffer.byteLength(whole); length++) {
      assert.equal(skipValue(Buffer.from(whole).subarray(0, length), 0), incomplete, String(length));
    }
    for (const number of ["0", "-0", "12", "1.5", "1e5"]) {
      assert.equal(skipValue(Buffer.from(number), 0), incomplete, `${number}: another digit may follow`);
      assert.equal(skipValue(Buffer.from(`${number} `), 0), number.length);
    }
  });

  it("names the first byte that cannot be", () => {
    for (const [text, at] of [
      ["[1,]", 3],
      ['{"a":1,}', 7],
      ['{"a" 1}', 5],
      ["[01]", 2],
      ["[1.]", 3],
      ["[nul]", 4],
      ['["\\u00g0"]', 6],
      ['["\\x"]', 3],
      ['["\n"]', 2],
      ["<html>", 0],
    ] as const) {
      assert.throws(() => skipValue(Buffer.from(text), 0), { name: "BrokenJson", how: "notJson", at }, text);
    }
  });

  it("goes as deep as a value is nested", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const nested = (depth: number): Buffer => Buffer.from(open.repeat(depth) + "1" + close.repeat(depth));
      for (const depth of [200, 201, 202, 500, 1_000_000]) {
        assert.equal(skipValue(nested(depth), 0), nested(depth).length, String(depth));
      }
    }
    const wide = Buffer.from(`[${"[[]],".repeat(1000)}1]`);
    assert.equal(skipValue(wide, 0), wide.length);
  });

  it("reads what lies deep as exactly as what does not, and says that more bytes are needed wherever it is cut", () => {
    const inside = (text: string): string => "[".repeat(201) + text + "]".repeat(201);
    for (const text of textsOf(["[", "]", "{", "}", ",", ":", '"a"', "1"], 5)) checkAlone(inside(text));
    for (const text of textsOf(['{"a":', "}", ',"b":', " ,", "[ ", " ]", "null"], 5))
      checkAlone(inside(text));
    const whole = Buffer.from(inside('{"a" : [1, {}, [ ] ,{"b":{"c":"x"},"d":[[2]]}] , "e":null}'));
    assert.equal(skipValue(whole, 0), whole.length);
    for (let end = 0; end < whole.length; end++) assert.equal(skipValue(whole.subarray(0, end), 0), -1);
  });
});

describe("skipString", () => {
  it("refuses control characters and takes every other byte", () => {
    for (let byte = 0; byte < 256; byte++) {
      const bytes = Buffer.concat([Buffer.from('"a'), Buffer.of(byte), Buffer.from('b"')]);
      const behind = outcome(() => skipString(bytes, 0));
      // A backslash makes an escape of the b behind it.
      assert.equal(behind, byte < 0x20 ? "broken" : byte === 0x22 ? 3 : 5, String(byte));
    }
  });

  it("takes the escapes of JSON and no others", () => {
    for (let byte = 0; byte < 128; byte++) {
      for (const rest of ["0000", "00eF", "00e", "00g0", "/000", ":000", "@000", "G000", "`000", ""]) {
        checkAlone(`"\\${String.fromCharCode(byte)}${rest}"`);
      }
    }
  });

  it("says that more bytes are needed wherever a string is cut", () => {
    const bytes = Buffer.from('"x\\\\é\\u00e9\\"😀"');
    for (let length = 1; length < bytes.length; length++) {
      assert.equal(skipString(bytes.subarray(0, length), 0), incomplete, String(length));
    }
    assert.equal(skipString(bytes, 0), bytes.length);
  });
});

/** The value ends where the text ends, if JSON.parse takes the text for one value; otherwise it does not end there. */
function checkAlone(text: string): void {
  if (text !== text.trim()) return;
  const bytes = Buffer.from(text);
  const behind = outcome(() => skipValue(Buffer.concat([bytes, Buffer.from("\n")]), 0));
  assert.equal(behind === bytes.length, isJson(text), JSON.stringify(text));
}

function outcome(skip: () => number): number | "broken" {
  try {
    return skip();
  } catch (error) {
    if (error instanceof BrokenJson) return "broken";
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** All texts of up to so many of these parts. */
function* textsOf(parts: readonly string[], most: number): Generator<string> {
  if (most === 0) return;
  for (const part of parts) {
    yield part;
    for (const rest of textsOf(parts, most - 1)) yield part + rest;
  }
}
