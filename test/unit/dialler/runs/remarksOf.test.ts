import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { remarksOf } from "../../../../src/dialler/runs/remarksOf";
import { contact } from "../../../support/dialler/smallDialler";

const of = (record: WireRecord) => contactFromRecord(contact({ ID: 1, ...record }));

describe("remarksOf", () => {
  it("names, before it is deleted, a contact that could not be re-created (B20)", () => {
    assert.deepEqual(remarksOf("delete", of({})), []);
    const lacking = [{ PhoneNumber1: null }, { Name: "  " }, { DiallerCampaignsID: null }];
    for (const [at, why] of ["it has no phone number", "it has no name", "it has no campaign"].entries()) {
      assert.deepEqual(remarksOf("delete", of(lacking[at] ?? {})), [`cannot be re-created: ${why}`]);
      assert.deepEqual(remarksOf("lock", of(lacking[at] ?? {})), []);
    }
    assert.deepEqual(remarksOf("delete", of({ PhoneNumber1: "", PhoneNumber6: "1" })), []);
  });

  it("tells of a lock or unlock that it will change nothing", () => {
    assert.deepEqual(remarksOf("lock", of({ bLocked: true })), ["already locked"]);
    assert.deepEqual(remarksOf("unlock", of({ bLocked: false })), ["already unlocked"]);
    assert.deepEqual(remarksOf("lock", of({ bLocked: false })), []);
    assert.deepEqual(remarksOf("unlock", of({ bLocked: true })), []);
    assert.deepEqual(remarksOf("delete", of({ bLocked: true })), []);
    assert.deepEqual(remarksOf("lock", of({ bLocked: "?" })), ["already locked"]);
  });
});
