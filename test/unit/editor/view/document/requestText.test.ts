import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import {
  curlText,
  httpText,
  powerShellQuoted,
  powerShellText,
  shellQuoted,
} from "../../../../../src/editor/view/document/requestText";

const request = {
  method: "GET",
  url: "https://dialler.example.com/rest/v1.0/7/dialler/contacts/40101",
  body: undefined,
};
const token = `t'"$(x)\`\\ $HOME!`;

/** The arguments that a command of a POSIX shell really hands to curl. */
function handedOver(commands: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; printf 'end\\0'; }\n${commands}`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
    env: { PATH: process.env.PATH, HOME: "/nowhere", DIALLER_TOKEN: token },
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout.split("\0").slice(0, -1);
}

describe("curlText", () => {
  it("hands the request and the token's variable to curl, and nothing else", () => {
    assert.deepEqual(handedOver(curlText(request)), [
      "--globoff",
      "--request",
      "GET",
      "--header",
      "Accept: application/json",
      "--header",
      `Authorization: Bearer ${token}`,
      request.url,
      "end",
    ]);
  });

  it("hands over a request that changes a contact by ID as it is", () => {
    for (const [method, path] of [
      ["PATCH", "/lock"],
      ["DELETE", ""],
    ] as const) {
      const url = `${request.url}${path}`;
      const handed = handedOver(curlText({ ...request, method, url }));
      assert.deepEqual([handed[2], handed.at(-2), handed.length], [method, url, 9]);
    }
  });

  it("names the authority that the endpoint trusts besides the system's", () => {
    const handed = handedOver(curlText(request, "/etc/it's own/ca.pem"));
    assert.deepEqual(handed.slice(-4), ["--cacert", "/etc/it's own/ca.pem", request.url, "end"]);
  });

  it("holds no token but its variable", () => {
    assert.ok(curlText(request).includes('"Authorization: Bearer $DIALLER_TOKEN"'));
  });

  it("runs nothing and changes nothing, whatever a URL holds", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({
        unit: fc.constantFrom("'", '"', "$", "`", "\\", "(", ")", ";", "\n", " ", "!", "#", "*", "~"),
      }),
      fc.constantFrom("'; curl evil; '", "$(touch x)", "\\'", "'\\''", "-rf", "${HOME}"),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!text.includes("\0") && text.isWellFormed());
        const handed = handedOver(curlText({ ...request, url: text }));
        assert.deepEqual([handed.at(-2), handed.length], [text, 9]);
        assert.deepEqual(handedOver(`curl ${shellQuoted(text)}`), [text, "end"]);
      }),
      { numRuns: 150 },
    );
  }).timeout(30_000);
});

describe("httpText", () => {
  it("is a request that takes the token from the environment", () => {
    assert.deepEqual(httpText([request]).split("\n"), [
      "# The token is read from the environment variable DIALLER_TOKEN; set it before VS Code starts.",
      "",
      `GET ${request.url}`,
      "Accept: application/json",
      "Authorization: Bearer {{$processEnv DIALLER_TOKEN}}",
      "",
    ]);
  });

  it("parts several requests", () => {
    assert.equal(httpText([request, request]).split("\n###\n").length, 2);
  });
});

describe("powerShellText", () => {
  it("is a command that takes the token from the environment", () => {
    assert.deepEqual(powerShellText(request).split("\n"), [
      `Invoke-RestMethod -Method GET -Uri '${request.url}' \``,
      `  -Headers @{ Accept = 'application/json'; Authorization = "Bearer $env:DIALLER_TOKEN" }`,
    ]);
  });

  it("names the method of a request that changes a contact", () => {
    const [first] = powerShellText({ ...request, method: "DELETE" }).split("\n");
    assert.equal(first, `Invoke-RestMethod -Method DELETE -Uri '${request.url}' \``);
  });

  it("closes a string nowhere but at its end, whatever a URL holds", () => {
    const quotes = "'\u2018\u2019\u201a\u201b";
    const hostile = fc.string({
      unit: fc.constantFrom(...Array.from(quotes), '"', "$", "`", "(", ")", ";", "\n", "x"),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const quoted = powerShellQuoted(text);
        assert.ok(quoted.startsWith("'") && quoted.endsWith("'"));
        const inner = quoted.slice(1, -1);
        // PowerShell reads two quotes in a row as one.
        assert.equal(inner.replace(/(['\u2018\u2019\u201a\u201b])\1/g, "$1"), text);
        assert.doesNotMatch(inner.replace(/(['\u2018\u2019\u201a\u201b])\1/g, ""), /['\u2018-\u201b]/);
      }),
    );
  });
});
