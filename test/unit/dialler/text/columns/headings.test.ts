import assert from "node:assert/strict";
import { campaignNameMember, importableMembers } from "../../../../../src/dialler/api/record/importable";
import { headings, phoneHeadings, phoneMembers } from "../../../../../src/dialler/text/columns/headings";
import { plainHeading } from "../../../../../src/dialler/text/columns/headingWords";

describe("headings", () => {
  it("are of every member that an import may set, and of no other", () => {
    assert.deepEqual(
      [...headings.keys(), ...phoneMembers].sort(),
      [...importableMembers.keys(), campaignNameMember].sort(),
    );
  });

  it("stand for one member each, except for the first name of SAP, which is a person or a company", () => {
    const members = new Map<string, Set<string>>();
    for (const [member, all] of [...headings, ["phone", phoneHeadings] as const])
      for (const heading of all) {
        const plain = plainHeading(heading);
        members.set(plain, (members.get(plain) ?? new Set()).add(member));
      }
    const shared = [...members].filter(([, { size }]) => size > 1).map(([heading]) => heading);
    assert.deepEqual(shared, ["name1"]);
  });

  it("say nothing twice", () => {
    for (const [member, all] of headings)
      assert.equal(new Set(all.map(plainHeading)).size, all.length, member);
    assert.ok([...headings.values()].flat().every((heading) => plainHeading(heading) !== ""));
  });
});
