import assert from "node:assert/strict";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { chosenOf, importPlan } from "../../../../src/dialler/transfer/importPlan";
import type { ReadyRow } from "../../../../src/dialler/transfer/importRows";
import { resolveUserDataList } from "../../../../src/dialler/lookup/resolveList";
import { endOf } from "../../../support/endOf";
import { batchOf, list, type SmallDialler, startSmallDialler } from "../../../support/dialler/smallDialler";

describe("the plan of an import", () => {
  let dialler: SmallDialler;

  beforeEach(async () => {
    dialler = await startSmallDialler([
      { ID: 1, UserData: "ONE" },
      { ID: 2, UserData: "DUP" },
      { ID: 3, UserData: "DUP" },
      { ID: 4, UserData: "alike" },
      { ID: 5, UserData: "Twin" },
      { ID: 6, UserData: "twin" },
    ]);
    // As a server whose collation takes them for the same.
    dialler.script = ({ kind, request }, ordinary) => {
      if (kind !== "batch") return ordinary();
      const keys = batchOf(request.body).keys.map((key) => key.toLowerCase());
      const isAsked = ({ UserData }: WireRecord): boolean => keys.includes(String(UserData).toLowerCase());
      return list([...dialler.contacts.values()].filter(isAsked));
    };
  });

  afterEach(() => dialler.stop());

  const rowsOf = (...keys: readonly (string | undefined)[]): ReadyRow[] =>
    keys.map((userData, row) => ({ row, line: row + 2, userData, record: {} }));

  async function planOf(...keys: readonly (string | undefined)[]) {
    const { client } = await dialler.connect();
    const resolution = await resolveUserDataList(
      client,
      keys.filter((key) => key !== undefined),
      {
        lockField: "",
        signal: new AbortController().signal,
        onProgress: () => undefined,
        mayReadWholeList: () => Promise.resolve(false),
      },
    );
    assert.ok(resolution.kind === "found");
    const aside = [{ row: 9, line: 11, reason: "no name" }];
    return endOf(importPlan({ ready: rowsOf(...keys), aside }, resolution.match));
  }

  it("makes contacts of rows whose UserData is nobody's, and of those without one", async () => {
    const { fresh, existing, alike } = await planOf("NEW", undefined);
    assert.deepEqual(
      fresh.map(({ line, overwrite }) => [line, overwrite]),
      [
        [2, false],
        [3, false],
      ],
    );
    assert.deepEqual([existing, alike], [[], []]);
  });

  it("overwrites no contact where the server may take another one for it", async () => {
    const { aside, existing, fresh } = await planOf("Twin");
    assert.deepEqual([existing, fresh], [[], []]);
    assert.match(aside[0]?.reason ?? "", /this UserData or a similar one: #5, #6/);
  });

  it("skips rows whose UserData a contact has, and overwrites it only where that is chosen", async () => {
    const plan = await planOf("ONE", "NEW");
    const skipping = chosenOf(plan, false);
    assert.deepEqual(
      skipping.items.map(({ userData, overwrite }) => [userData, overwrite]),
      [["NEW", false]],
    );
    assert.match(skipping.aside[0]?.reason ?? "", /a contact with this UserData already exists: #1/);
    const overwriting = chosenOf(plan, true);
    assert.deepEqual(
      overwriting.items.map(({ userData, overwrite, before }) => [userData, overwrite, before.length]),
      [
        ["ONE", true, 1],
        ["NEW", false, 0],
      ],
    );
    assert.equal(overwriting.aside.length, 1);
  });

  it("never overwrites one of several, nor one that only looks alike", async () => {
    const plan = await planOf("DUP", "ALIKE");
    const { items, aside } = chosenOf(plan, true);
    assert.deepEqual(
      items.map(({ userData, overwrite }) => [userData, overwrite]),
      [["ALIKE", false]],
    );
    assert.deepEqual(plan.alike, [3]);
    assert.match(aside[0]?.reason ?? "", /several contacts share this UserData: #2, #3/);
    assert.deepEqual(
      aside.map(({ line }) => line),
      [2, 11],
    );
  });

  it("gives every row one place, whichever is chosen", async () => {
    const plan = await planOf("ONE", "DUP", "NEW", undefined, "ALIKE");
    for (const overwrite of [true, false]) {
      const { items, aside } = chosenOf(plan, overwrite);
      assert.deepEqual(
        [...items, ...aside].map(({ row }) => row).sort((a, b) => a - b),
        [0, 1, 2, 3, 4, 9],
      );
    }
  });
});
