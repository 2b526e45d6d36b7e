import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiError } from "../../../../src/dialler/api/http/apiError";
import {
  Cancelled,
  ConnectionLost,
  TimedOut,
  Unreachable,
  UntrustedServer,
} from "../../../../src/dialler/api/http/connectionErrors";
import {
  NoSuchContact,
  Refused,
  ServerFailed,
  TooBusy,
  TooLarge,
  UnreadableReply,
} from "../../../../src/dialler/api/http/replyErrors";
import { faultOf } from "../../../../src/dialler/api/fault";
import {
  controlOf,
  type Proof,
  repeatTable,
  type RequestKind,
  sendObeying,
} from "../../../../src/dialler/api/repeat";
import { backOffMs, longestWaitMs, retryAfterMs, waitFor } from "../../../../src/dialler/api/waits";
import { quickControl } from "../../../support/dialler/clientFor";

const asked = { method: "GET", url: "http://h/7/" };
const lost = new ConnectionLost(asked, "ECONNRESET");

/** Fails with the errors in turn, then answers; counts. */
function failing(...errors: Error[]) {
  let sent = 0;
  return {
    attempt: () => {
      const error = errors[sent++];
      return error === undefined ? Promise.resolve("answer") : Promise.reject(error);
    },
    sent: () => sent,
  };
}

describe("repeatTable", () => {
  it("lets nothing by UserData and no import go again unless it never left", () => {
    for (const kind of ["byUserData", "import"] as const) {
      const again = Object.entries(repeatTable[kind]).filter(([, rule]) => rule.again !== undefined);
      // An import that was refused with 429 created nothing.
      const busy = kind === "import" ? [["busy", { again: "whenLessBusy", otherwise: "fail" }]] : [];
      assert.deepEqual(again, [["neverSent", { again: "afterBackOff", otherwise: "fail" }], ...busy]);
    }
  });

  it("stops at everything that would fare the same next time, whatever the request", () => {
    for (const kind of Object.keys(repeatTable) as RequestKind[]) {
      for (const fault of ["barred", "unauthorized", "wrongPath"] as const) {
        assert.deepEqual(repeatTable[kind][fault], { otherwise: "stop" });
      }
      assert.deepEqual(repeatTable[kind].absent, { otherwise: "absent" });
    }
  });
});

describe("sendObeying", () => {
  it("sends a read up to three times, with growing and jittered waits", async () => {
    for (const error of [
      lost,
      new Unreachable(asked, "ECONNREFUSED"),
      new ServerFailed(asked, 500, ""),
      new UnreadableReply(asked, 200, "cut"),
    ]) {
      const control = quickControl();
      const { attempt, sent } = failing(error, error);
      assert.deepEqual(await sendObeying("read", attempt, control), {
        kind: "answered",
        value: "answer",
        repeats: 2,
      });
      assert.equal(sent(), 3);
      assert.deepEqual(
        control.waits.map(({ ms }) => ms),
        [250, 500],
      );
      const always = failing(error, error, error, error, error);
      const settled = await sendObeying("read", always.attempt, quickControl());
      assert.ok(settled.kind === "gaveUp" && settled.verdict === "fail" && settled.error === error);
      assert.equal(always.sent(), 3);
    }
  });

  it("does not send a read again that would fare the same", async () => {
    for (const error of [
      new UntrustedServer(asked, "CERT_HAS_EXPIRED"),
      new NoSuchContact(asked, ""),
      new Refused(asked, 409, ""),
      new UnreadableReply(asked, 200, "notJson"),
      new UnreadableReply(asked, 200, "statusInBody"),
      new TooLarge(asked, 50),
    ]) {
      const { attempt, sent } = failing(error, error);
      assert.equal((await sendObeying("read", attempt, quickControl())).kind, "gaveUp");
      assert.equal(sent(), 1, error.message);
    }
  });

  it("sends nothing again that a person cancelled", async () => {
    for (const kind of Object.keys(repeatTable) as RequestKind[]) {
      const { attempt, sent } = failing(new Cancelled(asked));
      let looks = 0;
      const look = () => {
        looks++;
        return Promise.resolve<Proof>("notApplied");
      };
      const control = quickControl();
      const settled = await sendObeying(kind, attempt, control, look);
      assert.ok(
        settled.kind === "gaveUp" && settled.verdict === (kind === "read" ? "fail" : "unknown"),
        kind,
      );
      assert.deepEqual([sent(), looks, control.waits.length], [1, 0, 0]);
    }
  });

  it("passes on what is no failure of a call", async () => {
    const defect = new TypeError("defect");
    await assert.rejects(sendObeying("read", failing(defect).attempt, quickControl()), defect);
  });

  it("looks instead of locking again once more than half a minute has passed", async () => {
    for (const [seconds, sentTimes] of [
      [29, 2],
      [31, 1],
    ] as const) {
      const { attempt, sent } = failing(new TimedOut(asked, "total", seconds * 1000));
      let now = 5;
      const settled = await sendObeying(
        "lockById",
        () => {
          now += seconds * 1000;
          return attempt();
        },
        quickControl({ now: () => now }),
        () => Promise.resolve("applied"),
      );
      assert.equal(settled.kind, sentTimes === 1 ? "proven" : "answered");
      assert.equal(sent(), sentTimes);
    }
  });

  it("keeps to its limits of sending, whatever happens", async () => {
    const errors: readonly ApiError[] = [
      lost,
      new TimedOut(asked, "total", 1),
      new Unreachable(asked, "ENOTFOUND"),
      new TooBusy(asked, 429, undefined),
      new TooBusy(asked, 503, 5),
      new ServerFailed(asked, 500, ""),
      new UnreadableReply(asked, 200, "notJson"),
      new Refused(asked, 409, ""),
    ];
    const kinds = Object.keys(repeatTable) as RequestKind[];
    const proofs = fc.constantFrom<Proof>("applied", "notApplied", "cannotTell");
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.array(fc.constantFrom(...errors), { minLength: 6 }),
        proofs,
        async (kind, faults, proof) => {
          let left = 0;
          const { attempt, sent } = failing(...faults);
          await sendObeying(
            kind,
            () => {
              const fault = faults[sent()];
              if (fault !== undefined && faultOf(fault) !== "neverSent") left++;
              return attempt();
            },
            quickControl(),
            () => Promise.resolve(proof),
          );
          // Waits for a busy server are not counted among the repeats.
          const busy = faults.slice(0, sent()).filter((fault) => fault instanceof TooBusy).length;
          assert.ok(sent() <= (kind === "read" ? 3 : 2) + busy);
          if (kind === "byUserData") assert.ok(left <= 1);
          if (kind === "import") assert.ok(left <= 1 + busy);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("backOffMs", () => {
  it("is somewhere between nothing and a bound that doubles up to 8 s", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 50].map((repeats) => backOffMs(repeats, 1)),
      [500, 1000, 2000, 4000, 8000, 8000, 8000],
    );
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (repeats, random) => {
          const ms = backOffMs(repeats, random);
          return Number.isInteger(ms) && ms >= 0 && ms <= 8000;
        },
      ),
    );
  });
});

describe("retryAfterMs", () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it("reads seconds and HTTP dates", () => {
    for (const [header, ms] of [
      ["0", 0],
      ["2", 2000],
      [" 120 ", 120_000],
      ["007", 7000],
      ["999999999", 999_999_999_000],
      ["Thu, 01 Jan 2026 12:00:03 GMT", 3000],
      ["Thu, 01 Jan 2026 11:59:00 GMT", 0],
      ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ] as const) {
      assert.equal(retryAfterMs(header, undefined, now), ms, header);
    }
  });

  it("measures a date by the server's own clock, whatever this computer's says (H13)", () => {
    const asked = "Thu, 01 Jan 2026 12:00:03 GMT";
    const ahead = now + 7_200_000;
    assert.equal(retryAfterMs(asked, "Thu, 01 Jan 2026 12:00:01 GMT", ahead), 2000);
    assert.equal(retryAfterMs(asked, "yesterday", now), 3000);
  });

  it("knows no wait where it cannot be read (H15)", () => {
    for (const header of [
      undefined,
      "",
      "-5",
      "+5",
      "soon",
      "1, 2",
      "1.5",
      "1e3",
      "0x10",
      "NaN",
      "Infinity",
      "9".repeat(10),
      "2026-01-01T12:00:03Z",
      "Thu, 99 Jan 2026 12:00:03 GMT",
      "Thu, 01 Jan 2026 12:00:03",
      "1 2",
      "٣",
    ]) {
      assert.equal(retryAfterMs(header, undefined, now), undefined, header);
    }
  });

  it("is never negative, fractional or not a number (H15)", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (header) => {
          const ms = retryAfterMs(header);
          return ms === undefined || (Number.isSafeInteger(ms) && ms >= 0);
        },
      ),
    );
  });
});

describe("waitFor", () => {
  it("ends at once, and says so, when it is cancelled before or meanwhile", async () => {
    assert.equal(await waitFor(60_000, AbortSignal.abort()), false);
    const cancel = new AbortController();
    const waiting = waitFor(60_000, cancel.signal);
    cancel.abort();
    assert.equal(await waiting, false);
  });

  it("waits as long as it is told, also longer than a timer can", async () => {
    assert.equal(await waitFor(5), true);
    const cancel = new AbortController();
    let ended = false;
    const waiting = waitFor(2 ** 40, cancel.signal).then(() => (ended = true));
    await waitFor(20);
    assert.equal(ended, false);
    cancel.abort();
    await waiting;
  });
});

describe("controlOf", () => {
  it("accepts a wait of a minute, refuses a longer one, and waits twice at most", async () => {
    const cancelled = controlOf(AbortSignal.abort());
    assert.equal(cancelled.cancelled.aborted, true);
    const long = controlOf();
    long.busy(longestWaitMs + 1, 0);
    assert.equal(await long.outlastBusy(), false);
    const short = controlOf();
    short.busy(1, 0);
    assert.deepEqual(
      [await short.outlastBusy(), await short.outlastBusy(), await short.outlastBusy()],
      [true, true, false],
    );
    cancelled.busy(longestWaitMs, 0);
    assert.equal(await cancelled.outlastBusy(), false);
    assert.equal(await cancelled.backOff(longestWaitMs), false);
    assert.equal(controlOf().cancelled.aborted, false);
    assert.ok(controlOf().takeRepeat());
    const random = controlOf().random();
    assert.ok(random >= 0 && random < 1);
  });
});
