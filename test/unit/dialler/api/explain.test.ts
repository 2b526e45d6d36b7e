import assert from "node:assert/strict";
import { explain } from "../../../../src/dialler/api/explain";
import { ApiError } from "../../../../src/dialler/api/http/apiError";
import * as connectionErrors from "../../../../src/dialler/api/http/connectionErrors";
import * as replyErrors from "../../../../src/dialler/api/http/replyErrors";
import { InvalidKey } from "../../../../src/dialler/api/record/key";
import { token } from "../../../support/dialler/token";

const errors = { ...connectionErrors, ...replyErrors };

/** As an exchange makes it: the query, which can hold personal data, is not in it. */
const asked = { method: "DELETE", url: "https://dialler.example:8443/rest/v1.0/7/dialler/contacts/contact" };
const cause = new Error(`request to ${asked.url}?userData=CRM-1 failed, Authorization: Bearer ${token}`);

const samples = [
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"].map(
    (code) => new errors.Unreachable(asked, code, cause),
  ),
  ...["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "EPROTO", "DEPTH_ZERO_SELF_SIGNED_CERT"].map(
    (code) => new errors.UntrustedServer(asked, code, cause),
  ),
  new errors.ProxyRefused(asked, 407),
  new errors.ConnectionLost(asked, "ECONNRESET", cause),
  new errors.Unreachable(asked, "PROXY", cause),
  ...(["total", "firstByte", "idle"] as const).map(
    (deadline) => new errors.TimedOut(asked, deadline, 30_000),
  ),
  new errors.Cancelled(asked),
  new errors.TokenRejected(asked),
  new errors.Forbidden(asked),
  new errors.NoSuchContact(asked, "Dialler contact not found"),
  new errors.NoSuchContact(asked, ""),
  new errors.NoSuchPath(asked),
  new errors.NoSuchPath(asked, 405),
  new errors.Redirected(asked, 302, "https://login.example/"),
  new errors.Redirected(asked, 304, ""),
  new errors.TooBusy(asked, 429, 2000),
  new errors.TooBusy(asked, 503, undefined),
  new errors.TooBusy(asked, 503, 3_600_000, "down"),
  new errors.ProxyAskedToSignIn(asked, 401),
  new errors.ServerFailed(asked, 500, "oops"),
  new errors.Refused(asked, 400, "missing"),
  ...(["notJson", "wrongShape", "wrongRecord", "encoding", "cut", "statusInBody"] as const).map(
    (how) => new errors.UnreadableReply(asked, 200, how, cause),
  ),
  new errors.TooLarge(asked, 50),
  new errors.ReadOnlyEndpoint(asked),
];

describe("explain", () => {
  it("has a sentence and a next step for every class of failure", () => {
    const classes = Object.values(errors).filter(
      (one) => typeof one === "function" && one.prototype instanceof ApiError,
    );
    const seen = new Set(samples.map((error) => error.constructor));
    assert.deepEqual(
      classes.filter((one) => !seen.has(one)).map((one) => one.name),
      [],
      "a class without a sample in this test",
    );
    for (const error of samples) {
      const { sentence, next } = explain(error);
      assert.match(sentence, /^[A-Z].{8,}[.?]$|The server says: /, error.name);
      assert.doesNotMatch(sentence, /\{\w+\}|undefined|NaN|\[object/, error.name);
      assert.ok(["setToken", "checkEndpoint", "openSettings", "retry", "showLog"].includes(next));
    }
  });

  it("says neither the token nor the query, in sentence or message, and keeps the cause", () => {
    for (const error of samples) {
      for (const text of [explain(error).sentence, error.message, String(error)]) {
        assert.doesNotMatch(text, /CRM-1|SECRET|\?userData/, error.name);
      }
      assert.ok(error.message.startsWith(`DELETE ${asked.url}: `));
      assert.ok(error.cause === undefined || error.cause === cause);
      assert.equal(error.name, error.constructor.name);
      assert.ok(error instanceof Error);
    }
  });

  it("names the host, the code or the status, and the server's own words", () => {
    const sentenceOf = (error: unknown) => explain(error).sentence;
    assert.match(sentenceOf(new errors.Unreachable(asked, "ECONNREFUSED")), /refused.*dialler\.example:8443/);
    assert.match(sentenceOf(new errors.Unreachable(asked, "EHOSTUNREACH")), /EHOSTUNREACH/);
    assert.match(sentenceOf(new errors.NoSuchContact(asked, "not {here}")), /not \{here\}/);
    assert.match(sentenceOf(new errors.Refused(asked, 400, "[x](command:y)")), /\[x\]\(command:y\)/);
    assert.match(sentenceOf(new errors.TooBusy(asked, 429, 1500)), /2 s/);
    assert.match(sentenceOf(new errors.NoSuchPath(asked)), /dialler\/contacts\/contact/);
    for (const error of samples.filter(({ status }) => status !== undefined && status >= 300)) {
      assert.match(error.sentence, new RegExp(String(error.status)), error.name);
    }
  });

  it("tells a token that was rejected from a server that was not reached", () => {
    assert.equal(explain(new errors.TokenRejected(asked)).next, "setToken");
    assert.equal(explain(new errors.Unreachable(asked, "ECONNREFUSED")).next, "checkEndpoint");
    assert.equal(explain(new errors.UntrustedServer(asked, "CERT_HAS_EXPIRED")).next, "openSettings");
  });

  it("has a sentence for what is no failure of a call", () => {
    assert.deepEqual(explain(new InvalidKey("An ID is a number.")), {
      sentence: "An ID is a number.",
      next: "retry",
    });
    assert.match(explain(new TypeError("x is not a function")).sentence, /unexpected.*x is not a function/);
    for (const thrown of ["text", undefined, null, 7, { a: 1 }]) {
      assert.match(explain(thrown).sentence, /unexpected/);
      assert.equal(explain(thrown).next, "showLog");
    }
  });
});
