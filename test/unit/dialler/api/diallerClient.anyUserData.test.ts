import assert from "node:assert/strict";
import fc from "fast-check";
import type { DiallerClient } from "../../../../src/dialler/api/diallerClient";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import { batchOf, type SmallDialler, startSmallDialler } from "../../../support/dialler/smallDialler";
import { naughtyTexts } from "../../../support/dialler/naughtyTexts";

const userData = fc.oneof(
  fc.string({ unit: "binary", maxLength: 70 }),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
  fc.constantFrom(...naughtyTexts.filter((text) => text.length < 1000)),
  fc.string({ unit: fc.constantFrom(...Array.from(" +&=#?/%;:@'\"\\._~-éü\u00a0")), maxLength: 20 }),
);

/** Every call that a UserData goes out with, and where the server reads it. */
const calls: Readonly<Record<string, (client: DiallerClient, key: string) => Promise<unknown>>> = {
  delete: (client, key) => client.change("delete", { userData: key }),
  lock: (client, key) => client.change("lock", { userData: key }),
  unlock: (client, key) => client.change("unlock", { userData: key }),
  lookUp: (client, key) => client.findByUserData(key),
  batch: (client, key) => client.readBatch({ userData: [key] }),
};

describe("any UserData", function () {
  this.timeout(60_000);
  let dialler: SmallDialler;
  before(async () => (dialler = await startSmallDialler(3)));
  after(async () => dialler.stop());

  for (const [name, call] of Object.entries(calls))
    it(`reaches the server as it was typed, or nothing is sent: ${name}`, async () => {
      const { client } = await dialler.connect();
      await fc.assert(
        fc.asyncProperty(userData, async (key) => {
          const before = dialler.heard.length;
          const error: unknown = await call(client, key).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          const heard = dialler.heard.slice(before);
          if (heard.length === 0) {
            assert.ok(error instanceof InvalidKey, `${JSON.stringify(key)} was not sent: ${String(error)}`);
            assert.ok(key.trim() === "" || !key.isWellFormed(), `${JSON.stringify(key)} was refused`);
            return;
          }
          for (const { query, request } of heard) {
            const got = name === "batch" ? batchOf(request.body).keys : query.getAll("userData");
            assert.deepEqual(got, [key]);
          }
        }),
        { numRuns: 200, interruptAfterTimeLimit: 15_000 },
      );
    });
});
