import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalBaseUrl, isLoopback, urlBelow } from "../../../../../src/dialler/api/http/url";

describe("canonicalBaseUrl", () => {
  it("spells every way of writing the same base URL alike", () => {
    for (const [typed, canonical] of [
      ["https://dialler.example/rest/v1.0/7", "https://dialler.example/rest/v1.0/7/"],
      ["https://dialler.example/rest/v1.0/7/", "https://dialler.example/rest/v1.0/7/"],
      ["  https://dialler.example/rest/v1.0/7\n", "https://dialler.example/rest/v1.0/7/"],
      ["HTTPS://Dialler.EXAMPLE:443/rest/v1.0/7", "https://dialler.example/rest/v1.0/7/"],
      ["http://dialler.example:80/rest/v1.0/7", "http://dialler.example/rest/v1.0/7/"],
      ["http://dialler.example:8080", "http://dialler.example:8080/"],
      ["http://[::1]:8080/rest/v1.0/7", "http://[::1]:8080/rest/v1.0/7/"],
      ["http://[0:0:0:0:0:0:0:1]:8080/rest/v1.0/7", "http://[::1]:8080/rest/v1.0/7/"],
      ["https://bücher.example/rest/v1.0/7", "https://xn--bcher-kva.example/rest/v1.0/7/"],
      ["http://127.1/rest/v1.0/7", "http://127.0.0.1/rest/v1.0/7/"],
    ] as const) {
      assert.deepEqual(canonicalBaseUrl(typed), { ok: true, url: canonical }, typed);
      assert.deepEqual(canonicalBaseUrl(canonical), { ok: true, url: canonical }, canonical);
    }
  });

  it("keeps the case of the path, which is the server's", () => {
    assert.deepEqual(canonicalBaseUrl("https://h/REST/v1.0/7"), { ok: true, url: "https://h/REST/v1.0/7/" });
  });

  it("refuses, with a sentence, what a token must not be kept for", () => {
    for (const [typed, why] of [
      ["", /missing/],
      ["   ", /missing/],
      ["dialler.example/rest", /not a URL/],
      ["https://", /not a URL/],
      ["ftp://h/rest/v1.0/7", /starts with https/],
      ["file:///etc/passwd", /starts with https/],
      ["javascript:alert(1)", /starts with https/],
      ["https://user@h/rest/v1.0/7", /user name or password/],
      ["https://user:pw@h/rest/v1.0/7", /user name or password/],
      ["https://:pw@h/rest/v1.0/7", /user name or password/],
      ["https://h/rest/v1.0/7?x=1", /no “\?”/],
      ["https://h/rest/v1.0/7?", /no “\?”/],
      ["https://h/rest/v1.0/7#x", /or “#”/],
      ["https://h/rest//7", /empty, dotted or encoded/],
      ["https://h//", /empty, dotted or encoded/],
      ["https://h/rest/a%2fb/7", /empty, dotted or encoded/],
      ["https://h/rest/a%5Cb/7", /empty, dotted or encoded/],
      ["https://h/rest/v1%2E0/7", /empty, dotted or encoded/],
    ] as const) {
      const read = canonicalBaseUrl(typed);
      assert.ok(!read.ok, typed);
      assert.match(read.why, why, typed);
    }
  });

  it("refuses dotted parts, which a URL parser would silently take away", () => {
    for (const typed of [
      "https://h/rest/v1.0/7/../8",
      "https://h/rest/v1.0/7/..",
      "https://h/rest/./v1.0/7",
      "https://h/rest/v1.0/7/.",
      "https://h/rest/v1.0/7/%2e%2e/8",
      "https://h/rest/v1.0/7/.%2E/8",
      "https://h/rest/%2e/7",
      "https:\\\\h\\rest\\v1.0\\7\\..\\8",
    ]) {
      const read = canonicalBaseUrl(typed);
      assert.ok(!read.ok, typed);
      assert.match(read.why, /dotted/);
    }
    assert.ok(canonicalBaseUrl("https://h/rest/v1.0/..7/.hidden").ok);
  });

  it("never throws, and what it accepts is canonical already and holds no secret", function () {
    this.timeout(10_000);
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .tuple(fc.constantFrom("https://", "http://h/", "https://u:p@h/"), fc.string())
        .map((p) => p.join("")),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const read = canonicalBaseUrl(typed);
        if (!read.ok) return read.why.length > 10;
        const { username, password, search, hash, href } = new URL(read.url);
        assert.deepEqual([username, password, search, hash, href], ["", "", "", "", read.url]);
        assert.deepEqual(canonicalBaseUrl(read.url), read);
        return read.url.endsWith("/");
      }),
    );
  });
});

describe("isLoopback", () => {
  it("knows this computer by its names and addresses, and nobody else", () => {
    for (const host of [
      "localhost",
      "LOCALHOST:8080",
      "a.localhost",
      "127.0.0.1:1",
      "127.1.2.3",
      "127.1",
      "[::1]:9",
    ])
      assert.equal(isLoopback(`http://${host}/`), true, host);
    for (const host of [
      "h",
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "notlocalhost",
      "10.0.0.1",
      "[::2]",
    ])
      assert.equal(isLoopback(`http://${host}/`), false, host);
  });
});

describe("urlBelow", () => {
  const base = "https://h:8443/rest/v1.0/7/";

  it("appends the path to the base and never replaces the client number", () => {
    assert.equal(urlBelow(base, ["dialler", "contacts", 40101]), `${base}dialler/contacts/40101`);
    assert.equal(
      urlBelow(base, ["dialler", "contacts"], { diallerCampaignsID: 71, all: true }),
      `${base}dialler/contacts?diallerCampaignsID=71&all=true`,
    );
  });

  it("refuses segments that would leave the base (I08)", () => {
    for (const segments of [[".."], ["."], ["a", ".."], ["..", "..", "8"], ["a", "..", "b"]]) {
      assert.throws(() => urlBelow(base, segments), /left the base URL/);
    }
  });

  it("stays below the base with one part per segment, whatever the segments hold, or sends nothing", () => {
    const nasty = fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "a/b",
      "\\..\\",
      "//evil.example",
      "?x=1",
      "#y",
      "@evil",
      ";x",
    );
    const segments = fc.array(fc.oneof(nasty, fc.string({ unit: "binary", minLength: 1 }), fc.nat()), {
      minLength: 1,
    });
    const query = fc.dictionary(fc.constantFrom("userData", "languagesID"), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(segments, query, (parts, asked) => {
        let built: string;
        try {
          built = urlBelow(base, parts, asked);
        } catch {
          return;
        }
        assert.ok(built.startsWith(base));
        const url = new URL(built);
        assert.equal(url.href, built);
        assert.equal(url.hash, "");
        assert.deepEqual(
          url.pathname.slice("/rest/v1.0/7/".length).split("/").map(decodeURIComponent),
          parts.map(String),
        );
        for (const [name, value] of Object.entries(asked)) assert.equal(url.searchParams.get(name), value);
      }),
      { numRuns: 500 },
    );
  });

  it("stays below any base that may be used, with any contact and UserData", () => {
    const path = fc.string({ unit: fc.constantFrom(...Array.from("ab7._~-%20é;=:@")), maxLength: 8 });
    const typed = fc
      .tuple(
        fc.constantFrom(
          "https://h",
          "HTTP://127.0.0.1:8443",
          "https://[::1]",
          "https://xn--bcher-kva.example:1",
        ),
        fc.array(path, { maxLength: 4 }),
        fc.nat(99),
      )
      .map(([origin, parts, client]) => [origin, ...parts, client].join("/"));
    fc.assert(
      fc.property(typed, fc.integer(), fc.string({ unit: "grapheme" }), (text, id, userData) => {
        const read = canonicalBaseUrl(text);
        if (!read.ok) return;
        const segments = ["dialler", "contacts", "contact", id, "lock"];
        const built = urlBelow(read.url, segments, { userData });
        assert.ok(built.startsWith(`${read.url}dialler/contacts/contact/${id}/lock?userData=`));
        const url = new URL(built);
        assert.equal(
          url.pathname.split("/").length,
          new URL(read.url).pathname.split("/").length - 1 + segments.length,
        );
        assert.equal(url.searchParams.get("userData"), userData);
      }),
      { numRuns: 500 },
    );
  });
});
