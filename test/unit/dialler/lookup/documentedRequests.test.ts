import assert from "node:assert/strict";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import { documentedChange, documentedRead } from "../../../../src/dialler/lookup/documentedRequests";

const base = "https://dialler.example.com/rest/v1.0/7/";

describe("requests for a server without a connection", () => {
  it("have the documented method and path", () => {
    const described = [
      documentedRead(base, 40101),
      documentedChange(base, "lock", 40101),
      documentedChange(base, "unlock", 40101),
      documentedChange(base, "delete", 40101),
    ];
    assert.deepEqual(
      described.map(({ method, url }) => `${method} ${url.slice(base.length)}`),
      [
        "GET dialler/contacts/40101",
        "PATCH dialler/contacts/contact/40101/lock",
        "PATCH dialler/contacts/contact/40101/unlock",
        "DELETE dialler/contacts/contact/40101",
      ],
    );
    assert.ok(described.every(({ body }) => body === undefined));
  });

  it("exist for no ID that cannot be sent", () => {
    for (const id of [0, -1, 1.5, 2 ** 53])
      assert.throws(() => documentedChange(base, "delete", id), InvalidKey);
  });
});
