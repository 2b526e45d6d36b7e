import type { WireRecord } from "../api/record/wire";
import { notReached, resultCodeIds, resultCodeRecord } from "./demoCampaigns";
import type { Dice } from "./dice";

const causes = [16, 16, 17, 17, 18, 18, 21, 102, 1, 22, 28, 38, 41, 127] as const;
/** The causes after which the dialler marks a number as invalid. */
const endOfNumber: readonly number[] = [1, 22, 28];

const untried: WireRecord = {
  nTriesPhoneNumber1: 0,
  nTriesPhoneNumber2: 0,
  nTriesPhoneNumber3: 0,
  nTriesPhoneNumber4: 0,
  nTriesPhoneNumber5: 0,
  nTriesPhoneNumber6: 0,
};

/** What past calls have left in a contact, in parts: tries, causes, invalid numbers, the next try, the lock. */
export function callParts(dice: Dice): readonly WireRecord[] {
  const next = nextMembers(dice);
  if (!dice.happens(55, "tried")) return [untried, next];
  const second = dice.happens(20, "second tried") ? [numberMembers("2", dice)] : [];
  return [untried, next, resultMembers(dice), numberMembers("1", dice), ...second];
}

function nextMembers(dice: Dice): WireRecord {
  const reserved = dice.happens(5, "reserved") ? `agent-${dice.below(40, "by whom")}` : null;
  return {
    dtNextTry: dice.happens(30, "next try") ? dateTime(dice, "when next") : null,
    ReservedUsersUID: reserved,
    FollowUpUsersUID: reserved,
    FollowUpDateTime: reserved === null ? null : dateTime(dice, "follow up"),
    bLocked: dice.happens(8, "locked"),
  };
}

function resultMembers(dice: Dice): WireRecord {
  return {
    LastAcdAgentEndReasonsID: dice.happens(30, "end reason") ? 3 : null,
    bLastResultMailbox: dice.pick([false, false, true, null], "mailbox"),
    DiallerCampaignsResultCodesID: dice.pick(resultCodeIds, "result"),
  };
}

/** The history that the batch read adds: one entry per try, oldest first. */
export function callHistory(record: WireRecord, languagesId: number): readonly WireRecord[] {
  return [1, 2, 3, 4, 5, 6].flatMap((number) => {
    const tries = record[`nTriesPhoneNumber${number}`];
    const cause = record[`nPhoneNumber${number}LastCause`];
    const count = typeof tries === "number" ? tries : 0;
    return Array.from({ length: count }, (_, place) => ({
      StatisticsPartA: {
        ID: Number(record.ID) * 100 + number * 10 + place,
        dtStart: `2026-03-${String(2 + number + place).padStart(2, "0")}T10:${10 + place * 7}:00.000`,
        ServiceNumber: "494066969100",
        CalledNumber: record[`PhoneNumber${number}`] ?? null,
        nDurationSeconds: cause === 16 ? 95 + place : 0,
        nCause: cause ?? null,
        UsersUID: cause === 16 ? `agent-${(Number(record.ID) + place) % 40}` : null,
        DiallerCampaignsResultCodes: resultCodeRecord(
          place === count - 1 ? record.DiallerCampaignsResultCodesID : notReached,
          languagesId,
        ),
      },
    }));
  });
}

function numberMembers(number: "1" | "2", dice: Dice): WireRecord {
  const cause = dice.pick(causes, `cause ${number}`);
  return {
    [`nTriesPhoneNumber${number}`]: 1 + dice.below(5, `tries ${number}`),
    [`nPhoneNumber${number}LastCause`]: cause,
    [`bPhoneNumber${number}Invalid`]: endOfNumber.includes(cause)
      ? dice.pick([true, 1, "1"], `flag ${number}`)
      : null,
    [`PhoneNumber${number}LastAcdAgentEndReasonsID`]:
      cause === 16 ? 1 + dice.below(4, `reason ${number}`) : null,
    [`dtPhoneNumber${number}LastTry`]: dateTime(dice, `last try ${number}`),
  };
}

/** The product writes date-times in four formats; three of them do not name the time zone. */
function dateTime(dice: Dice, question: string): string {
  const minutes = dice.below(60 * 24 * 120, question);
  const moment = new Date(
    Date.UTC(2026, 2, 2) + minutes * 60_000 + dice.below(60_000, `${question} seconds`),
  );
  const iso = moment.toISOString();
  const seconds = iso.slice(0, 19);
  return dice.pick(
    [iso.slice(0, 23), `${iso.slice(0, 23)}977Z`, seconds, seconds.replace("T", " ")],
    `${question} format`,
  );
}
