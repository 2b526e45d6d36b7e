import assert from "node:assert/strict";
import { callHistory } from "../../../../../src/dialler/demo/demoCalls";
import { resultCodeRecord } from "../../../../../src/dialler/demo/demoCampaigns";
import { historyText } from "../../../../../src/editor/view/document/historyText";

const who = { ID: 40101, Name: "Brandt", FirstName: "Ida", UserData: "CRM-000417" };
const call = (members: object) => ({ StatisticsPartA: members });
const redact = (text: string) => text.replaceAll("SECRET", "***");
const linesOf = (record: object) => historyText({ ...who, ...record }, redact).split("\n");

describe("historyText", () => {
  it("says who, the result in words, and each call of the demo, newest first", () => {
    const tried = {
      ...who,
      PhoneNumber1: "494315550117",
      nTriesPhoneNumber1: 3,
      nPhoneNumber1LastCause: 16,
      DiallerCampaignsResultCodesID: 505,
    };
    const lines = linesOf({
      ...tried,
      DiallerCampaignsResultCodes: resultCodeRecord(505, 2),
      DiallerContactsHistory: callHistory(tried, 2),
    });
    assert.equal(lines[0], "Brandt, Ida · CRM-000417 · #40101");
    assert.equal(lines[1], "Result: Appointment made (called at an agreed time)");
    assert.equal(lines[3], "3 calls, newest first.");
    assert.match(lines[6] ?? "", /^Time +Number +Duration +Cause +Agent +Result$/);
    assert.match(
      lines[8] ?? "",
      /^Mar 5, 2026, 10:24\sAM +494315550117 +1:37 +normal clearing +agent-23 +Appo/,
    );
    assert.match(lines[10] ?? "", /^Mar 3, 2026, 10:10\sAM .* Not reached$/);
    assert.equal(lines.length, 12);
  });

  it("aligns the columns and shows what is missing as nothing", () => {
    const [head, , first, second] = linesOf({
      DiallerContactsHistory: [
        call({ dtStart: "2026-03-02T10:00:00", nCause: 17 }),
        call({ dtStart: "yesterday", CalledNumber: "1", nDurationSeconds: "3725", nCause: 999 }),
      ],
    }).slice(-5);
    const cause = head?.indexOf("Cause") ?? 0;
    assert.equal(first?.slice(cause), "busy");
    assert.match(second ?? "", /^yesterday +1 +1:02:05 +cause 999$/);
    assert.equal(second?.indexOf("cause"), cause);
  });

  it("shows a time with a zone as this computer's, and says where the server names none", () => {
    const zoned = linesOf({ DiallerContactsHistory: [call({ dtStart: "2026-03-02T10:00:00.123456Z" })] });
    const local = new Date("2026-03-02T10:00:00Z").toLocaleString("en", {
      dateStyle: "medium",
      timeStyle: "short",
    });
    assert.ok(zoned.at(-2)?.startsWith(local), zoned.join("\n"));
    assert.ok(!zoned.join("\n").includes("time zone"));
    const plain = linesOf({ DiallerContactsHistory: [call({ dtStart: "2026-03-02 10:00:00" })] });
    assert.match(plain.at(-2) ?? "", /^Mar 2, 2026, 10:00\sAM/);
    assert.ok(plain.join("\n").includes("The server names no time zone"));
  });

  it("keeps hostile text in its line and its column, and holds no token", () => {
    const evil = "a\nb\u202e](command:x)\u0000SECRET$(x)";
    const lines = linesOf({
      Name: evil,
      DiallerContactsHistory: [
        call({ dtStart: evil, CalledNumber: evil, UsersUID: evil, nCause: 16 }),
        "no call",
        null,
        call({}),
      ],
    });
    assert.equal(lines.length, 9);
    const text = lines.join("\n");
    assert.ok(!/[\u202e\0]|SECRET|\]\(|\$\(/.test(text), text);
  });

  it("says that there was no call", () => {
    assert.deepEqual(linesOf({}).slice(-2), ["No calls yet.", ""]);
  });
});
