import assert from "node:assert/strict";
import { type Bytes, type MemberName, MemberNames } from "../../../../../src/dialler/api/scan/memberNames";
import { behindRun, RunLearner } from "../../../../../src/dialler/api/scan/nullRuns";
import { viewOf } from "../../../../../src/dialler/api/scan/spelling";

describe("behindRun", () => {
  it("finds a row of nulls again, with its slots and its last member", () => {
    const { first, last } = learn('"a":null, "b" : null,"c":null', [0, 2]);
    assert.deepEqual(first.run?.slots, [0, 2]);
    assert.equal(first.run.last, last);
    const again = at('x"a":null, "b" : null,"c":null,"d":1');
    assert.equal(behindRun(again, 1, first), again.bytes.indexOf(',"d"'));
  });

  it("takes nothing else for the row: another value, another name, other space, or its beginning only", () => {
    const { first } = learn('"a":null,"b":null', [0, 1]);
    for (const other of [
      '"a":null,"b":true',
      '"a":null,"c":null',
      '"a":null, "b":null',
      '"a":nul0,"b":null',
      '"a":null,"b":nul',
      '"a":null',
    ]) {
      assert.equal(behindRun(at(other), 0, first), undefined, other);
    }
  });

  it("says nothing of a member with which no row began", () => {
    const { last } = learn('"a":null,"b":null', [0, 1]);
    assert.equal(behindRun(at('"b":null'), 0, last), undefined);
  });

  it("forgets a row that was not there ten times, unless it came back in between", () => {
    const row = '"a":null,"b":null';
    const other = at('"a":null,"b":1111');
    const { first } = learn(row, [0, 1]);
    const inVain = (times: number): void => {
      for (let time = 0; time < times; time++) assert.equal(behindRun(other, 0, first), undefined);
    };
    inVain(9);
    assert.equal(behindRun(at(row), 0, first), row.length);
    inVain(9);
    assert.notEqual(first.run, undefined);
    inVain(1);
    assert.equal(first.run, undefined);
    assert.equal(behindRun(at(row), 0, first), undefined);
  });
});

describe("RunLearner", () => {
  it("learns no row of a single null, and none before it is finished", () => {
    assert.equal(learn('"a":null', [0]).first.run, undefined);
    const { first } = learn('"a":null,"b":null', [0, 1], (learner) => learner.restart());
    assert.equal(first.run, undefined);
  });

  it("keeps the row it has learned until that is forgotten", () => {
    const { first, learner } = learn('"a":null,"b":null', [0, 1]);
    const before = first.run;
    learner.foundNull(first, 0, 8);
    learner.foundNull(first, 9, 17);
    learner.finish(at('"a":null,"z":null'));
    assert.equal(first.run, before);
  });

  it("leaves slots out that nobody wants", () => {
    assert.deepEqual(learn('"a":null,"b":null,"c":null', [1]).first.run?.slots, [1]);
  });

  it("remembers no row that is longer than any contact", () => {
    const long = (count: number): string =>
      Array.from({ length: count }, (_, index) => `"${index}":null`).join();
    assert.notEqual(learn(long(1000), []).first.run, undefined);
    assert.equal(learn(long(10_000), []).first.run, undefined);
  });
});

function at(text: string): Bytes {
  const bytes = Buffer.from(text);
  return { bytes, view: viewOf(bytes) };
}

/** Reads members that are all null; of the members, those at these places are wanted. */
function learn(
  text: string,
  wanted: readonly number[],
  beforeEnd: (learner: RunLearner) => void = () => undefined,
): { readonly first: MemberName; readonly last: MemberName; readonly learner: RunLearner } {
  const all = at(text);
  const learner = new RunLearner();
  const members: MemberName[] = [];
  const names = new MemberNames(() => (wanted.includes(members.length) ? members.length : undefined));
  for (let place = 0; place >= 0 && place < all.bytes.length;) {
    const value = names.skip(all, place);
    learner.foundNull(names.last, place, value + 4);
    members.push(names.last);
    place = all.bytes.indexOf('"', value);
  }
  beforeEnd(learner);
  learner.finish(all);
  const [first] = members;
  assert.ok(first);
  return { first, last: members.at(-1) ?? first, learner };
}
