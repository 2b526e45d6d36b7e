import assert from "node:assert/strict";
import { contactFromRecord, identityDigest } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { restOfRun } from "../../../../src/dialler/runs/restOfRun";
import { runOf } from "../../../support/dialler/runOf";
import { contact } from "../../../support/dialler/smallDialler";

const shown = (record: WireRecord) => contactFromRecord(contact(record));

describe("restOfRun", () => {
  const identity = identityDigest(shown({ ID: 1 }));
  const { items } = runOf([
    { id: 1, identity },
    { id: 2, identity: identityDigest(shown({ ID: 2 })), recorded: false },
    { id: 3 },
  ]);

  it("goes on with contacts that are as they were shown, and with none that was not named", () => {
    const found = new Map([1, 2, 3].map((ID) => [ID, shown({ ID, bLocked: true, Comment: "new" })]));
    const { contacts, settled } = restOfRun(items, [0, 2], found);
    assert.deepEqual(
      contacts.map(({ number, of }) => [number, of.id, of.shown?.id]),
      [
        [0, 1, 1],
        [2, 3, 3],
      ],
    );
    assert.deepEqual(settled, []);
  });

  it("skips a contact that somebody has changed meanwhile, and finds none that is gone", () => {
    const changes = [
      { Name: "Other" },
      { UserData: "CRM-9" },
      { DiallerCampaignsID: 72 },
      { PhoneNumber1: "1" },
      { PhoneNumber2: "1" },
    ];
    for (const change of changes) {
      const { contacts, settled } = restOfRun(items, [0, 1], new Map([[1, shown({ ID: 1, ...change })]]));
      assert.deepEqual(contacts, []);
      assert.deepEqual(
        settled.map(({ number, of }) => [number, of.id, of.outcome]),
        [
          [0, 1, "skipped"],
          [1, 2, "notFound"],
        ],
      );
    }
  });

  it("takes a contact as gone whose deletion this run had sent", () => {
    const [first] = items;
    assert.ok(first);
    const { settled } = restOfRun([{ ...first, recorded: true }], [0], new Map());
    assert.deepEqual(
      settled.map(({ of }) => of.outcome),
      ["gone"],
    );
    const { contacts } = restOfRun([{ ...first, recorded: true }], [0], new Map([[1, shown({ ID: 1 })]]));
    assert.equal(contacts[0]?.of.sentBefore, true);
  });

  it("leaves out what names no contact, and numbers that the run does not have", () => {
    const nameless = { result: undefined, pending: false, recorded: false, restored: undefined };
    assert.deepEqual(restOfRun([nameless], [0, 7], new Map()), { contacts: [], settled: [] });
  });
});
