import assert from "node:assert/strict";
import fc from "fast-check";
import { Secrets } from "../../../../src/dialler/api/secrets";

function knowing(...tokens: string[]): Secrets {
  const secrets = new Secrets();
  for (const token of tokens) secrets.add(token);
  return secrets;
}

describe("Secrets", () => {
  const token = "tok+SECRET/123==~'";

  it("hides a token in every spelling in which libraries and servers repeat it", () => {
    const lowerHex = encodeURIComponent(token).replace(/%../g, (hex) => hex.toLowerCase());
    const spellings = {
      raw: token,
      percentEncoded: encodeURIComponent(token),
      percentEncodedInLowerCase: lowerHex,
      asFormValue: new URLSearchParams({ token }).toString().slice("token=".length),
      everyCharacterEncoded: [...Buffer.from(token)].map((byte) => `%${byte.toString(16)}`).join(""),
      base64: Buffer.from(token).toString("base64"),
      base64WithoutPadding: Buffer.from(token).toString("base64").replace(/=+$/, ""),
      base64url: Buffer.from(token).toString("base64url"),
      headerInBase64: Buffer.from(`Bearer ${token}`).toString("base64"),
      headerInBase64url: Buffer.from(`Bearer ${token}`).toString("base64url"),
    };
    for (const [name, spelling] of Object.entries(spellings)) {
      assert.equal(knowing(token).redact(`<<${spelling}>>`), "<<***>>", name);
    }
    const quoted = 'to"k\\en-1234';
    assert.equal(knowing(quoted).redact(JSON.stringify({ x: quoted })), '{"x":"***"}');
  });

  it("hides each of several tokens, also those that were replaced, and also one that holds another", () => {
    const secrets = knowing("first-token", "first-token-longer", "second-token");
    assert.equal(secrets.redact("first-token-longer first-token second-token"), "*** *** ***");
  });

  it("hides Authorization values of tokens it does not know", () => {
    const secrets = new Secrets();
    for (const [text, clean] of [
      ["Authorization: Bearer abc.def", "Authorization: ***"],
      ["authorization: Basic dXNlcjpwdw==", "authorization: ***"],
      ["authorization=xyz", "authorization=***"],
      ['{"Authorization":"Bearer abc.def","a":1}', '{"Authorization":"***","a":1}'],
      ["AUTHORIZATION : Token", "AUTHORIZATION : ***"],
      ["<b>Bearer abcdefghijk</b>", "<b>Bearer ***"],
      ["sent bearer abcdefghijk", "sent bearer ***"],
    ] as const) {
      assert.equal(secrets.redact(text), clean);
    }
    assert.ok(!secrets.redact("Authorization: [ 'Bearer abcdefghijk' ]").includes("abcdefghijk"));
  });

  it("hides user and password of a URL", () => {
    const secrets = new Secrets();
    assert.equal(
      secrets.redact("see https://user:pw@host/x and http://:pw@h"),
      "see https://***@host/x and http://***@h",
    );
    assert.equal(secrets.redact("https://host:8443/a@b:c"), "https://host:8443/a@b:c");
  });

  it("hides a token whole where a part of it looks like a password, or where hiding puts it together", () => {
    assert.doesNotMatch(knowing("tok@SECRET@123").redact("https://u:tok@SECRET@123/x"), /SECRET/);
    assert.ok(!knowing("n:***").redact("authorization:abc").includes("n:***"));
    assert.ok(!knowing("a***").redact("aa***").includes("a***"));
  });

  it("leaves ordinary text alone", () => {
    const text = "Deleted 42 of 100 on production: 41 done, 1 gone. Müller, +49 431 555, a@b.example";
    assert.equal(knowing(token).redact(text), text);
    assert.equal(knowing("").redact(text), text);
    assert.equal(knowing("an").redact(text), text);
  });

  it("lets no token through, whatever stands around it and however often it comes", () => {
    const tokens = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from("aB1*:/@%+=-_.~'\"\\")), minLength: 4, maxLength: 12 }),
      fc.base64String({ minLength: 4, maxLength: 40 }),
    );
    const spell = fc.constantFrom(
      (text: string) => text,
      encodeURIComponent,
      (text: string) => Buffer.from(text).toString("base64"),
    );
    const around = fc.oneof(
      fc.string(),
      fc.constantFrom("https://", "user:", "@", "Authorization: ", "Bearer ", "*", "**", "***", "%", "a"),
    );
    fc.assert(
      fc.property(tokens, fc.array(fc.tuple(around, spell, fc.nat(12))), around, (secret, parts, end) => {
        const text =
          parts
            .map(([before, spelled, cut]) => before + spelled(secret).slice(cut === 12 ? 0 : cut % 2))
            .join(secret) + end;
        const clean = knowing(secret).redact(text);
        for (const spelling of [secret, encodeURIComponent(secret)])
          assert.ok(!clean.includes(spelling), clean);
      }),
      { numRuns: 1000 },
    );
  });

  it("is done with a long hostile text about as fast as with an ordinary one", () => {
    const secrets = knowing(token);
    const msFor = (text: string): number => {
      const startedAt = performance.now();
      secrets.redact(text);
      return performance.now() - startedAt;
    };
    const repeated = (unit: string): string => unit.repeat(100_000 / unit.length);
    const ordinary = msFor(repeated("Lange Notiz. "));
    for (const unit of [
      "a.",
      "a-",
      "http://a:",
      "authorization: ",
      "bearer ",
      "authorization ",
      "%",
      "tok",
      "a+b ",
    ]) {
      const ms = msFor(repeated(unit));
      assert.ok(ms < 50 * Math.max(ordinary, 20), `${unit}: ${ms} ms, ordinary text: ${ordinary} ms`);
    }
  });
});
