import assert from "node:assert/strict";
import fc from "fast-check";
import {
  contactFromRecord,
  contactLabel,
  identityDigest,
  sameIdentity,
} from "../../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../../src/dialler/api/record/wire";

const documented: WireRecord = {
  ID: 40101,
  DiallerCampaignsID: 71,
  UserData: "CRM-000417",
  Name: "Brandt",
  FirstName: "Ida",
  Company: "Nordlicht Optik GmbH",
  City: "Kiel",
  PhoneNumber1: "494315550117",
  PhoneNumber2: null,
  Email: "ida.brandt@example.com",
  ExternalSystemLink: "https://crm.example.com/c/417",
  dtNextTry: null,
  nTriesPhoneNumber1: 2,
  bPhoneNumber1Invalid: null,
  nPhoneNumber1LastCause: 17,
  bLocked: false,
};

describe("contactFromRecord", () => {
  it("reads what the tree, the filter and the actions need", () => {
    const contact = contactFromRecord(documented);
    assert.deepEqual(
      [contact.id, contact.idText, contact.campaignId, contact.userData, contact.lock],
      [40101, "40101", 71, "CRM-000417", "unlocked"],
    );
    assert.deepEqual(
      [contact.name, contact.firstName, contact.company, contact.city, contact.email, contact.nextTry],
      ["Brandt", "Ida", "Nordlicht Optik GmbH", "Kiel", "ida.brandt@example.com", ""],
    );
    assert.equal(contact.externalLink, "https://crm.example.com/c/417");
    assert.equal(contact.resultCodeId, undefined);
    const called = contactFromRecord({ ...documented, DiallerCampaignsResultCodesID: "504" });
    assert.equal(called.resultCodeId, 504);
    assert.deepEqual(contact.phoneNumbers, [
      { place: 1, number: "494315550117", tries: 2, invalid: false, lastCause: 17 },
    ]);
  });

  it("keeps the place of a number, whichever are missing", () => {
    const { phoneNumbers } = contactFromRecord({
      PhoneNumber1: "",
      PhoneNumber3: 4930231250,
      nTriesPhoneNumber3: "4",
      bPhoneNumber3Invalid: "1",
      nPhoneNumber3LastCause: "28",
      PhoneNumber6: "x",
      bPhoneNumber6Invalid: 0,
      nTriesPhoneNumber6: 1.5,
      nPhoneNumber6LastCause: "",
      PhoneNumber7: "7",
    });
    assert.deepEqual(phoneNumbers, [
      { place: 3, number: "4930231250", tries: 4, invalid: true, lastCause: 28 },
      { place: 6, number: "x", tries: 0, invalid: false, lastCause: undefined },
    ]);
  });

  it("acts only on an ID that may be sent, and shows every other one (D02, D03)", () => {
    for (const [ID, id, idText] of [
      ["123", 123, "123"],
      [123, 123, "123"],
      [2 ** 53 - 1, 2 ** 53 - 1, "9007199254740991"],
      [2 ** 53, undefined, "9007199254740992"],
      ["9007199254740993", undefined, "9007199254740993"],
      [null, undefined, "?"],
      [undefined, undefined, "?"],
      ["", undefined, "?"],
      [0, undefined, "0"],
      [-1, undefined, "-1"],
      [1.5, undefined, "1.5"],
      [true, undefined, "true"],
      ["../5", undefined, "../5"],
      ["5/lock", undefined, "5/lock"],
      ["007", undefined, "007"],
      [[5], undefined, "?"],
      [{ ID: 5 }, undefined, "?"],
    ] as const) {
      const contact = contactFromRecord({ ID });
      assert.deepEqual([contact.id, contact.idText], [id, idText]);
    }
    assert.equal(contactFromRecord({}).id, undefined);
  });

  it("keeps UserData exactly, and knows when there is none", () => {
    for (const [UserData, userData] of [
      [" CRM ", " CRM "],
      ["e\u0301", "e\u0301"],
      [7, "7"],
      ["", undefined],
      [null, undefined],
      [[], undefined],
    ] as const) {
      assert.equal(contactFromRecord({ UserData }).userData, userData);
    }
  });

  it("finds the lock under every name a server may give it, and nothing else", () => {
    for (const name of [
      "bLocked",
      "bLock",
      "locked",
      "Lock",
      "isLocked",
      "bIsLocked",
      "nLocked",
      "LOCKED",
      "dtLocked",
    ]) {
      assert.equal(contactFromRecord({ [name]: 1 }).lock, "locked", name);
      assert.equal(contactFromRecord({ [name]: 0 }).lock, "unlocked", name);
    }
    for (const name of [
      "bLockedBy",
      "Unlocked",
      "bUnlocked",
      "clock",
      "LockID",
      "ReservedUsersUID",
      "xbLocked",
    ]) {
      assert.equal(contactFromRecord({ [name]: 1 }).lock, "unknown", name);
    }
    assert.equal(contactFromRecord({}).lock, "unknown");
  });

  it("reads the lock from the member that the setting names, and from no other", () => {
    assert.equal(contactFromRecord({ bLocked: false, gesperrt: true }, "gesperrt").lock, "locked");
    assert.equal(contactFromRecord({ bLocked: true }, "gesperrt").lock, "unknown");
    assert.equal(contactFromRecord({ bLocked: true }, "toString").lock, "unknown");
    assert.equal(contactFromRecord({ bLocked: true }, "__proto__").lock, "unknown");
  });

  it("takes every spelling of a flag, a date for locked, and does not guess at the rest", () => {
    for (const [value, lock] of [
      [true, "locked"],
      [1, "locked"],
      ["1", "locked"],
      ["true", "locked"],
      ["True", "locked"],
      ["FALSE", "unlocked"],
      ["False", "unlocked"],
      ["2026-01-01T00:00:00", "locked"],
      [false, "unlocked"],
      [0, "unlocked"],
      ["0", "unlocked"],
      ["false", "unlocked"],
      [null, "unlocked"],
      ["", "unlocked"],
      [2, "unknown"],
      [{}, "unknown"],
      [[], "unknown"],
      [[1], "unknown"],
    ] as const) {
      assert.equal(contactFromRecord({ bLocked: value }).lock, lock, JSON.stringify(value));
    }
  });

  it("never throws, whatever JSON the server sends as a record", () => {
    const names = fc.constantFrom(...Object.keys(documented), "__proto__", "constructor", "toString", "lock");
    const json = fc.oneof(
      fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.json().filter((text) => text.startsWith("{")),
    );
    fc.assert(
      fc.property(json, fc.oneof(fc.constant(""), names, fc.string()), (text, lockField) => {
        const contact = contactFromRecord(JSON.parse(text) as WireRecord, lockField);
        assert.ok(contact.id === undefined || Number.isSafeInteger(contact.id));
        assert.notEqual(contactLabel(contact), "");
        assert.ok(sameIdentity(contact, contactFromRecord(JSON.parse(text) as WireRecord, lockField)));
      }),
      { numRuns: 500 },
    );
  });

  it("takes nothing from a `__proto__` member", () => {
    const record = JSON.parse(
      '{"__proto__":{"ID":5,"Name":"evil","bLocked":true,"UserData":"K"}}',
    ) as WireRecord;
    const contact = contactFromRecord(record);
    assert.deepEqual(
      [contact.id, contact.name, contact.lock, contact.userData],
      [undefined, "", "unknown", undefined],
    );
  });
});

describe("contactLabel", () => {
  it("is the name, else the company, else the ID, and never blank (D13)", () => {
    const label = (record: WireRecord) => contactLabel(contactFromRecord({ ID: 5, ...record }));
    assert.equal(label({ Name: "Brandt", FirstName: "Ida" }), "Brandt, Ida");
    assert.equal(label({ Name: " ", FirstName: "Ida" }), "Ida");
    assert.equal(label({ Name: "Brandt", FirstName: null, Company: "X" }), "Brandt");
    assert.equal(label({ Name: null, Company: "Nordlicht" }), "Nordlicht");
    assert.equal(label({}), "#5");
    assert.equal(label({ Name: " ", FirstName: "\t", Company: "  " }), "#5");
    assert.equal(label({ ID: null }), "#?");
  });
});

describe("sameIdentity", () => {
  it("sees the same contact where half an emoji was read as UTF-8 in a list and as JSON in a record", () => {
    const shown = contactFromRecord({ ...documented, Name: "Ida \ufffd", UserData: "K\ufffd" });
    const now = contactFromRecord({ ...documented, Name: "Ida \ud83d", UserData: "K\ud83d" });
    assert.ok(sameIdentity(shown, now));
    assert.equal(identityDigest(shown), identityDigest(now));
  });

  it("sees another contact where name, UserData, campaign, a number or the ID differ, and nowhere else", () => {
    const shown = contactFromRecord(documented);
    for (const change of [
      { Name: "Brand" },
      { UserData: "CRM-000417 " },
      { UserData: null },
      { DiallerCampaignsID: 72 },
      { PhoneNumber1: "+494315550117" },
      { PhoneNumber2: "1" },
      { PhoneNumber1: null, PhoneNumber2: "494315550117" },
      { ID: 40102 },
    ]) {
      assert.equal(
        sameIdentity(shown, contactFromRecord({ ...documented, ...change })),
        false,
        JSON.stringify(change),
      );
    }
    for (const change of [
      { bLocked: true },
      { nTriesPhoneNumber1: 9 },
      { dtNextTry: "2026-01-01" },
      { City: "X" },
      { ID: "40101" },
    ]) {
      assert.equal(
        sameIdentity(shown, contactFromRecord({ ...documented, ...change })),
        true,
        JSON.stringify(change),
      );
    }
  });
});
