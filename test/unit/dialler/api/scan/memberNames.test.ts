import assert from "node:assert/strict";
import { BrokenJson, incomplete } from "../../../../../src/dialler/api/scan/jsonBytes";
import { MemberNames, notWanted } from "../../../../../src/dialler/api/scan/memberNames";
import { viewOf } from "../../../../../src/dialler/api/scan/spelling";

describe("MemberNames", () => {
  it("knows a name by what it means, however it is written", () => {
    const names = new MemberNames((name) => (name === "Ä😀" ? 3 : undefined));
    for (const key of ['"Ä😀"', '"\\u00c4😀"', '"\\u00C4\\ud83d\\uDE00"', '"Ä\\ud83d\\ude00"']) {
      assert.equal(slotAfter(names, `${key}:1`), 3, key);
    }
    for (const key of ['"A"', '"Ä"', '"Ä😀 "', '"\\\\u00c4😀"', '""']) {
      assert.equal(slotAfter(names, `${key}:1`), notWanted, key);
    }
  });

  it("asks once for each spelling", () => {
    const asked: string[] = [];
    const names = new MemberNames((name) => {
      asked.push(name);
      return undefined;
    });
    for (const key of ['"a"', '"b"', '"a"', '"\\u0061"', '"b"', '"\\u0061"']) slotAfter(names, `${key}:1`);
    assert.deepEqual(asked, ["a", "b", "a"]);
  });

  it("finds the value behind any space, whether the name was guessed or not", () => {
    const names = new MemberNames((name) => name.length);
    for (const colon of [":", " :", ":  ", "\n:\t", ":", "\r\n : \t\n"]) {
      for (const key of ['""', '"a"', '"ab"', '"abcdefgh"']) {
        const text = `${key}${colon}1`;
        names.restart();
        assert.equal(skip(names, text), text.length - 1, text);
        assert.equal(names.last.slot, key.length - 2, text);
      }
    }
  });

  it("does not take a name for the one that was there last time and begins or ends alike", () => {
    const names = new MemberNames((name) => ["Phone1", "Phone2", "Phone", "Phone11"].indexOf(name));
    const slots = ["Phone1", "Phone2", "Phone", "Phone11", "Phone1", "Phone1"].map((name) => {
      names.restart();
      return slotAfter(names, `"${name}":null`);
    });
    assert.deepEqual(slots, [0, 1, 2, 3, 0, 0]);
  });

  it("says that more bytes are needed wherever a member is cut, also one that is guessed", () => {
    const text = '"N\\u0061m\\"e" : 1';
    for (const seen of [false, true]) {
      for (let length = 1; length < text.length; length++) {
        const names = new MemberNames(() => 0);
        if (seen) skip(names, text);
        names.restart();
        const place = skip(names, text.slice(0, length));
        assert.ok(place === incomplete || place >= length, text.slice(0, length));
      }
    }
  });

  it("refuses what is no member", () => {
    for (const text of ['"a" 1', '"a",', '"a"}', '"\\x":1', '"\u0001":1']) {
      const names = new MemberNames(() => 0);
      assert.throws(() => skip(names, text), BrokenJson, text);
    }
  });

  it("remembers as many names as a record can have, and recognises the others all the same", () => {
    let asked = 0;
    const names = new MemberNames((name) => {
      asked++;
      return Number(name);
    });
    const read = (count: number): void => {
      names.restart();
      for (let index = 0; index < count; index++) assert.equal(slotAfter(names, `"${index}":1`), index);
    };
    read(3000);
    assert.equal(asked, 3000);
    read(3000);
    assert.equal(asked, 4000);
  });

  it("does not keep names that it does not remember, nor very long ones", () => {
    const names = new MemberNames(() => undefined);
    names.restart();
    const start = names.last;
    slotAfter(names, `"${"x".repeat(5000)}":1`);
    assert.equal(start.next, undefined);
    names.restart();
    for (let index = 0; index < 2000; index++) slotAfter(names, `"${index}":1`);
    const remembered = names.last;
    slotAfter(names, '"one more":1');
    assert.equal(names.last.slot, notWanted);
    assert.equal(remembered.next, undefined);
  });
});

function skip(names: MemberNames, text: string): number {
  const bytes = Buffer.from(text);
  return names.skip({ bytes, view: viewOf(bytes) }, 0);
}

function slotAfter(names: MemberNames, text: string): number {
  assert.notEqual(skip(names, text), incomplete);
  return names.last.slot;
}
