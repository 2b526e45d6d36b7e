import assert from "node:assert/strict";
import { Spelling, viewOf } from "../../../../../src/dialler/api/scan/spelling";

describe("Spelling", () => {
  const text = Buffer.from('"PhoneNumber1LastAcdAgent":null,"é"');

  it("stands where exactly its bytes are, at any place and of any length", () => {
    for (let length = 4; length <= text.length; length++) {
      const bytes = text.subarray(0, length);
      const spelling = new Spelling(bytes);
      assert.equal(spelling.length, length);
      for (let before = 0; before < 9; before++) {
        const around = Buffer.concat([Buffer.alloc(before, "x"), bytes, Buffer.from("yz")]);
        assert.ok(spelling.standsAt(viewOf(around), before), `${length} bytes behind ${before}`);
        if (before > 0) assert.ok(!spelling.standsAt(viewOf(around), before - 1));
      }
    }
  });

  it("does not stand where a single bit differs", () => {
    for (let length = 4; length <= text.length; length++) {
      const spelling = new Spelling(text.subarray(0, length));
      for (let place = 0; place < length; place++) {
        for (const bit of [0x01, 0x20, 0x80]) {
          const other = Buffer.from(text);
          other[place] = (other[place] ?? 0) ^ bit;
          assert.ok(!spelling.standsAt(viewOf(other), 0), `${length} bytes, other at ${place}`);
        }
      }
    }
  });

  it("does not stand where the bytes end before it does", () => {
    for (let length = 4; length <= text.length; length++) {
      const spelling = new Spelling(text.subarray(0, length));
      for (let rest = 0; rest < length; rest++) {
        assert.ok(!spelling.standsAt(viewOf(text.subarray(0, rest)), 0));
        assert.ok(!spelling.standsAt(viewOf(text.subarray(0, length)), length - rest));
      }
    }
  });

  it("keeps its bytes when the memory they came from is used again", () => {
    const chunk = Buffer.from(text);
    const spelling = new Spelling(chunk.subarray(3, 20));
    chunk.fill(0);
    assert.ok(spelling.standsAt(viewOf(text), 3));
  });
});
