import assert from "node:assert/strict";
import { contactFromRecord } from "../../../../../src/dialler/api/record/contact";
import { commonOrder } from "../../../../../src/editor/view/document/recordOrder";
import { OpenRecords } from "../../../../../src/editor/view/document/openRecords";

const key = { endpoint: "Demo", baseUrl: "https://h/rest/v1.0/7/", id: 40101 };
const record = {
  ID: 40101,
  Name: "Brandt",
  FirstName: "Ida",
  PhoneNumber1: "494315550117",
  Email: "ida@example.com",
  AccountIBAN: "DE44500105175407324931",
  Amount: 12.5,
  bLocked: false,
};

const whole: Readonly<Record<string, unknown>> = record;

function opened({ masked = false, held = whole } = {}) {
  const setting = { masked };
  const records = new OpenRecords({
    redact: (text) => text,
    masked: () => setting.masked,
    lockField: () => "",
  });
  records.hold("uri", key, "record", held);
  const shown = () => JSON.parse(records.text("uri") ?? "{}") as Readonly<Record<string, unknown>>;
  return { records, shown, setting };
}

describe("OpenRecords", () => {
  it("shows a contact that was read again during a run, and keeps its history as it is", () => {
    const { records, shown } = opened();
    records.hold("history", key, "history", record);
    const now = { ...record, Name: "Brandt-Voss" };
    const read = { record: now, contact: contactFromRecord(now) };
    const { changed, reread } = records.follow(key.baseUrl, "delete", [
      { id: 40101, outcome: "skipped", now: read },
    ]);
    assert.deepEqual([changed, reread, shown().Name], [["uri"], [], "Brandt-Voss"]);
    assert.equal(records.contact("history")?.name, "Brandt");
  });

  it("hides bank data whatever the mask says, and the rest only with the mask", () => {
    const { shown, setting, records } = opened();
    assert.deepEqual([shown().AccountIBAN, shown().Amount], ["•••", "•••"]);
    assert.equal(shown().PhoneNumber1, "494315550117");
    setting.masked = true;
    assert.deepEqual([shown().PhoneNumber1, shown().Email], ["•••17", "i•••@•••.com"]);
    assert.equal(records.name("uri"), "Brandt, Ida");
  });

  it("shows everything once revealed, also after a refresh, until it is covered again", () => {
    const { records, shown } = opened({ masked: true });
    assert.ok(records.isCovered("uri"));
    records.reveal("uri");
    assert.deepEqual(shown(), record);
    assert.ok(!records.isCovered("uri"));
    records.hold("uri", key, "record", { ...record, Tag: "new" });
    assert.deepEqual(shown(), { ...record, Tag: "new" });
    records.cover("uri");
    assert.equal(shown().AccountIBAN, "•••");
  });

  it("forgets with the document that it was revealed", () => {
    const { records, shown } = opened();
    records.reveal("uri");
    records.forget("uri");
    assert.equal(records.text("uri"), undefined);
    records.hold("uri", key, "record", record);
    assert.equal(shown().AccountIBAN, "•••");
  });

  it("shows a new lock at once, in the form in which the server writes it", () => {
    for (const [before, after] of [
      [false, true],
      [0, 1],
      ["0", "1"],
    ]) {
      const { records, shown } = opened({ held: { ...record, bLocked: before } });
      const followed = records.follow(key.baseUrl, "lock", [{ id: key.id, outcome: "done" }]);
      assert.deepEqual(followed, { changed: ["uri"], reread: [] });
      assert.deepEqual(shown().bLocked, after);
      records.follow(key.baseUrl, "unlock", [{ id: key.id, outcome: "done" }]);
      assert.deepEqual(shown().bLocked, before);
    }
  });

  it("has a lock read again that only the server can write", () => {
    const { records } = opened({ held: { ...record, bLocked: null } });
    const followed = records.follow(key.baseUrl, "lock", [{ id: key.id, outcome: "done" }]);
    assert.deepEqual(followed, { changed: [], reread: [key] });
  });

  it("changes nothing for other contacts, other servers and results that changed nothing", () => {
    const { records, shown } = opened();
    const quiet = { changed: [], reread: [] };
    assert.deepEqual(records.follow(key.baseUrl, "lock", [{ id: 1, outcome: "done" }]), quiet);
    assert.deepEqual(records.follow("https://other/", "lock", [{ id: key.id, outcome: "done" }]), quiet);
    for (const outcome of ["failed", "unknown", "skipped", "notAttempted"] as const)
      assert.deepEqual(records.follow(key.baseUrl, "delete", [{ id: key.id, outcome }]), quiet);
    assert.equal(shown().bLocked, false);
    assert.equal(records.absenceOf(key), undefined);
  });

  it("marks a contact that was deleted, and one that is not there, until it is read again", () => {
    for (const [change, outcome, absence] of [
      ["delete", "done", "deleted"],
      ["delete", "gone", "deleted"],
      ["lock", "notFound", "absent"],
    ] as const) {
      const { records } = opened();
      const { changed } = records.follow(key.baseUrl, change, [{ id: key.id, outcome }]);
      assert.deepEqual(changed, ["uri"]);
      assert.equal(records.absenceOf({ ...key, endpoint: "other name" }), absence);
      records.markAbsent(key);
      assert.equal(records.absenceOf(key), absence);
      records.hold("uri", key, "record", record);
      assert.equal(records.absenceOf(key), undefined);
    }
  });

  it("says in a comparison that hidden values differ, without showing them", () => {
    const { records, shown } = opened({ masked: true });
    const other = { ...record, AccountIBAN: "DE00", PhoneNumber1: "494315550217", Name: "Berg" };
    const order = commonOrder([record, other]);
    records.hold("uri", key, "record", record, { order, other });
    assert.equal(shown().AccountIBAN, "••• (differs)");
    assert.equal(shown().PhoneNumber1, "•••17 (differs)");
    assert.equal(shown().Email, "i•••@•••.com");
    assert.equal(shown().Amount, "•••");
    assert.equal(shown().Name, "Brandt");
  });
});
