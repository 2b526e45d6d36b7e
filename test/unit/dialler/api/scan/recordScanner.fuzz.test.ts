import assert from "node:assert/strict";
import { damaged, Dice, replyText } from "../../../../support/dialler/scan/replyText";
import {
  assertEqual,
  assertReadsLikeJsonParse,
  assertSameScan,
  chunksAt,
  chunksOf,
  type Scan,
  scanReply,
} from "../../../../support/dialler/scan/scanReply";

const cases = 200_000;
/** Of each document that is written, so many damaged ones are read. */
const damagedOfEach = 7;

describe("RecordScanner under fire", () => {
  const { stackTraceLimit } = Error;
  // Most cases end in an error or two: without their stacks the run takes two thirds of the time.
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  const seed = Number(process.env.DIALLER_FUZZ_SEED ?? Date.now() % 2 ** 32);

  it(`reads ${cases} whole and damaged replies as JSON.parse does (DIALLER_FUZZ_SEED=${seed})`, function () {
    this.timeout(120_000);
    const dice = new Dice(seed);
    const met: Record<Scan["ending"], number> = { whole: 0, cut: 0, notJson: 0, wrongShape: 0 };
    for (let done = 0; done < cases; done += 1 + damagedOfEach) {
      const whole = Buffer.from(replyText(dice));
      const scan = checked(whole, dice);
      met[scan.ending]++;
      for (let index = 0; index < damagedOfEach; index++) {
        const { bytes, unharmed } = damaged(whole, dice);
        const after = checked(bytes, dice);
        met[after.ending]++;
        explained(bytes, () => assertUnharmedRecords(scan, after, unharmed, bytes.length));
      }
    }
    for (const [ending, times] of Object.entries(met)) assert.ok(times > cases / 50, `${ending}: ${times}`);
  });
});

/** Read in one piece and in pieces, and compared with JSON.parse. */
function checked(bytes: Buffer, dice: Dice): Scan {
  return explained(bytes, () => {
    const scan = scanReply([bytes]);
    assertReadsLikeJsonParse(bytes, scan);
    assertSameScan(scanReply(chunksBy(dice, bytes)), scan);
    return scan;
  });
}

/** Records that end before the first changed byte are told of; when the rest is only missing, all else is quiet. */
function assertUnharmedRecords(before: Scan, after: Scan, unharmed: number, length: number): void {
  const ends = before.ends.filter((end) => end <= unharmed);
  assertEqual(after.ends.slice(0, ends.length), ends);
  assertEqual(after.records.slice(0, ends.length), before.records.slice(0, ends.length));
  if (unharmed < length || before.ending !== "whole") return;
  assert.ok(after.ending === "cut" || after.ending === "whole", after.ending);
  assertEqual(after.ends, ends);
}

function chunksBy(dice: Dice, bytes: Buffer): Uint8Array[] {
  switch (dice.below(4)) {
    case 0:
      return chunksOf(bytes, 1);
    case 1:
      return chunksOf(bytes, 2 + dice.below(60));
    case 2:
      return chunksAt(bytes, [dice.below(bytes.length + 1)]);
    default:
      return chunksAt(
        bytes,
        Array.from({ length: dice.below(12) }, () => dice.below(bytes.length + 1)),
      );
  }
}

function explained<T>(bytes: Buffer, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw new Error(`with the bytes ${JSON.stringify(bytes.toString("latin1"))}`, { cause });
  }
}
