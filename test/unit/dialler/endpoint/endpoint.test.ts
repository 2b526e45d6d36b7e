import assert from "node:assert/strict";
import fc from "fast-check";
import {
  environments,
  isDemoName,
  nameFault,
  plainHttpFault,
  readEndpoint,
  tokenFromInput,
} from "../../../../src/dialler/endpoint/endpoint";
import { token } from "../../../support/dialler/token";

const url = "https://dialler.example/rest/v1.0/7";

const whyNot = (name: string, raw: unknown): string => {
  const reading = readEndpoint(name, raw);
  assert.ok(!reading.ok, `${name} ${JSON.stringify(raw)}`);
  assert.equal(reading.name, name);
  assert.match(reading.why, /\.$/);
  return reading.why;
};

describe("readEndpoint", () => {
  it("takes a base URL for production that may be changed, unless told otherwise", () => {
    assert.deepEqual(readEndpoint("main", { baseUrl: url }), {
      ok: true,
      endpoint: {
        kind: "server",
        name: "main",
        baseUrl: `${url}/`,
        environment: "production",
        readOnly: false,
        caFile: undefined,
      },
    });
    const all = { baseUrl: url, environment: "test", readOnly: true, allowHttp: false, caFile: "/ca.pem" };
    assert.deepEqual(readEndpoint("a", { ...all, unknown: 1 }), {
      ok: true,
      endpoint: {
        kind: "server",
        name: "a",
        baseUrl: `${url}/`,
        environment: "test",
        readOnly: true,
        caFile: "/ca.pem",
      },
      unknownMembers: ["unknown"],
    });
  });

  it("is not used while a member looks like a misspelt readOnly: it may be meant to be protected", () => {
    for (const member of [
      "readonly",
      "ReadOnly",
      "read_only",
      "read-only",
      "redOnly",
      "READ ONLY",
      "raedOnly",
    ]) {
      const why = whyNot("a", { baseUrl: url, [member]: true });
      assert.ok(why.includes(`“${member}”`) && why.includes("readOnly is meant"), why);
      whyNot("a", { baseUrl: url, readOnly: true, [member]: false });
    }
    for (const member of ["read", "only", "note", "readOnlyUntil", "baseurl", "environments"]) {
      const reading = readEndpoint("a", { baseUrl: url, [member]: true });
      assert.deepEqual(reading.ok && reading.unknownMembers, [member]);
    }
  });

  it("reads a base URL into one spelling, with and without a slash (I15), also with an IPv6 address (N25)", () => {
    for (const [typed, canonical] of [
      [url, `${url}/`],
      [`${url}/`, `${url}/`],
      [` HTTPS://DIALLER.example:443/rest/v1.0/7 `, `${url}/`],
      ["http://[::1]:8080/rest/v1.0/7", "http://[::1]:8080/rest/v1.0/7/"],
      ["https://h:5061/rest/v1.0/7", "https://h:5061/rest/v1.0/7/"],
    ] as const) {
      const reading = readEndpoint("a", { baseUrl: typed });
      assert.equal(reading.ok ? reading.endpoint.baseUrl : reading.why, canonical);
    }
  });

  it("refuses base URLs that could leak a token or leave the server", () => {
    for (const baseUrl of [
      "",
      "  ",
      "dialler.example",
      "//dialler.example/rest",
      "ftp://dialler.example/",
      "file:///rest/v1.0/7",
      "javascript:alert(1)",
      "https://user@dialler.example/7",
      "https://user:pw@dialler.example/7",
      "https://:pw@dialler.example/7",
      `${url}?x=1`,
      `${url}?`,
      `${url}#x`,
      `${url}#`,
      "https://dialler.example//7",
      "https://dialler.example/%2e%2e/7",
      "https://dialler.example/a%2Fb",
      "https://dialler.example/a%5cb",
    ]) {
      assert.doesNotMatch(whyNot("a", { baseUrl }), /pw/);
    }
  });

  it("reaches http on this computer always, elsewhere only when allowed, and production never", () => {
    for (const host of [
      "127.0.0.1",
      "127.255.0.3:81",
      "localhost",
      "dialler.localhost",
      "[::1]",
      "LOCALHOST",
    ]) {
      for (const environment of environments) {
        assert.ok(readEndpoint("a", { baseUrl: `http://${host}/7`, environment }).ok, host);
      }
    }
    for (const host of [
      "dialler.example",
      "localhost.example",
      "127.0.0.1.example",
      "0.0.0.0",
      "192.168.0.1",
      "128.0.0.1",
      "[::2]",
      "[::ffff:10.0.0.1]",
    ]) {
      const baseUrl = `http://${host}/7`;
      assert.match(whyNot("a", { baseUrl, environment: "test" }), /allowHttp/);
      assert.match(whyNot("a", { baseUrl, environment: "test", allowHttp: false }), /allowHttp/);
      assert.match(whyNot("a", { baseUrl, allowHttp: true }), /production/);
      assert.match(whyNot("a", { baseUrl, environment: "production", allowHttp: true }), /production/);
      assert.ok(readEndpoint("a", { baseUrl, environment: "test", allowHttp: true }).ok);
      assert.ok(readEndpoint("a", { baseUrl, environment: "development", allowHttp: true }).ok);
    }
    assert.equal(plainHttpFault("https://h/", "production", false), undefined);
  });

  it("refuses members of another type, instead of guessing", () => {
    for (const raw of [null, undefined, 1, "x", true, [], [{ baseUrl: url }], {}, { baseUrl: 1 }, { url }]) {
      whyNot("a", raw);
    }
    for (const member of [
      { environment: "prod" },
      { environment: "Production" },
      { environment: 1 },
      { environment: "" },
      { readOnly: "true" },
      { readOnly: 1 },
      { allowHttp: "yes" },
      { caFile: 5 },
      { caFile: ["x"] },
    ]) {
      whyNot("a", { baseUrl: url, ...member });
    }
  });

  it("takes nothing from a prototype", () => {
    whyNot("a", Object.create({ baseUrl: url }));
    const raw: unknown = JSON.parse(
      `{"baseUrl":"${url}","__proto__":{"environment":"test","readOnly":true}}`,
    );
    const reading = readEndpoint("a", raw);
    assert.ok(reading.ok);
    assert.deepEqual([reading.endpoint.environment, reading.endpoint.readOnly], ["production", false]);
  });

  it("never throws, and never makes a production endpoint out of http to another host", () => {
    const member = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.constantFrom(...environments));
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(
          fc.anything(),
          fc.record(
            {
              baseUrl: fc.oneof(
                fc.string(),
                fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: true }),
              ),
              environment: member,
              allowHttp: member,
              readOnly: member,
            },
            { requiredKeys: [] },
          ),
        ),
        (name, raw) => {
          const reading = readEndpoint(name, raw);
          if (!reading.ok || reading.endpoint.environment !== "production") return;
          const { protocol, hostname } = new URL(reading.endpoint.baseUrl);
          assert.ok(protocol === "https:" || /^(127\.|localhost$|\[::1\]$|.*\.localhost$)/.test(hostname));
        },
      ),
    );
  });
});

describe("nameFault", () => {
  it("takes 1 to 40 printable characters", () => {
    for (const name of [
      "a",
      "Production (EU) #2",
      "Prüfung – Süd",
      "客户",
      "x".repeat(40),
      "Demo 2",
      "a.b",
    ]) {
      assert.equal(nameFault(name), undefined, name);
    }
    for (const name of ["", "x".repeat(41), " a", "a ", " ", "a\nb", "a\tb", "a\u0000b", "a\u202eb"]) {
      assert.match(nameFault(name) ?? "", /\.$/, JSON.stringify(name));
    }
    for (const name of ["a\u200bb", "a\u2028b", "a\ud800"]) assert.ok(nameFault(name) !== undefined);
  });

  it("keeps Demo for the demo, in any case", () => {
    for (const name of ["Demo", "demo", "DEMO", "dEmO"]) {
      assert.match(nameFault(name) ?? "", /demo dialler/);
      assert.ok(isDemoName(name));
      whyNot(name, { baseUrl: url });
    }
    assert.ok(!isDemoName("Demo 2"));
  });
});

describe("tokenFromInput", () => {
  it("takes off what came along with a pasted token, and nothing else (I17)", () => {
    for (const [pasted, taken] of [
      [token, token],
      [`  ${token}\n`, token],
      ["\ttok\r\n", "tok"],
      [`Bearer ${token}`, token],
      ["bearer   tok", "tok"],
      [" BEARER\ttok ", "tok"],
      ["Bearertok", "Bearertok"],
      ["!~", "!~"],
      ["a".repeat(5000), "a".repeat(5000)],
    ] as const) {
      assert.equal(tokenFromInput(pasted), taken);
    }
  });

  it("refuses what cannot be a token", () => {
    for (const pasted of [
      "",
      "   ",
      "\n",
      "a b",
      "a\nb",
      "tok…",
      "tök",
      "a\u0000",
      "a\u200bb",
      "Bearer a b",
      "Bearer Bearer a",
      "Authorization: Bearer tok",
      "a\r\nX-Injected: 1",
    ]) {
      assert.equal(tokenFromInput(pasted), undefined, JSON.stringify(pasted));
    }
  });

  it("never lets through what would end a header", () => {
    const pieces = fc.constantFrom("a", "Z", "9", "~", " ", "\t", "\r", "\n", "\0", "\x7f", "é", "Bearer ");
    fc.assert(
      fc.property(fc.string({ unit: pieces }), (pasted) => {
        assert.match(tokenFromInput(pasted) ?? "x", /^[\x21-\x7e]+$/);
      }),
    );
  });
});
