import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { recordRun } from "../../../../../src/editor/commands/change/recordRun";
import { Refusal } from "../../../../../src/editor/commands/call/refusal";
import { contactFromRecord, identityDigest } from "../../../../../src/dialler/api/record/contact";
import { ContactStore } from "../../../../../src/dialler/list/contactStore";
import { RunHistory } from "../../../../../src/dialler/journal/runHistory";
import { allText, folders, journalIn, pathOf } from "../../../../support/dialler/journals";
import { type SmallDialler, startSmallDialler } from "../../../../support/dialler/smallDialler";

describe("beginRun", () => {
  const folder = folders();
  let dialler: SmallDialler;
  beforeEach(async () => {
    dialler = await startSmallDialler(3);
  });
  afterEach(async () => dialler.stop());

  it("refuses to delete without a journal, and sends nothing (B13)", async () => {
    const journal = journalIn(await folder());
    await writeFile(journal.directory, "a file in its place");
    const history = new RunHistory(journal);
    const store = new ContactStore(() => ({ groupBy: "none", sortBy: "id", lockField: "" }));
    const connection = await dialler.connect();
    await assert.rejects(
      recordRun({ history, store }, connection, "delete", dialler.plan([1, 2]), { journaled: true }),
      (error) => error instanceof Refusal && error.message.includes("Nothing was sent"),
    );
    assert.equal(dialler.requests.length, 0);
    // A person may want exactly that: nothing on this computer.
    const recorder = await recordRun({ history, store }, connection, "delete", dialler.plan([1, 2]), {
      journaled: false,
    });
    assert.equal(recorder.snapshot().journaled, false);
    history.dispose();
  });

  it("keeps of each item its key and a digest, and of the endpoint its canonical base URL", async () => {
    const journal = journalIn(await folder());
    const history = new RunHistory(journal);
    const store = new ContactStore(() => ({ groupBy: "none", sortBy: "id", lockField: "" }));
    const connection = await dialler.connect();
    const record = dialler.contacts.get(2) ?? {};
    const items = [
      { id: undefined, userData: "nobody" },
      ...dialler.plan([2]).map((i) => ({ ...i, userData: "CRM-2" })),
    ];
    const recorder = await recordRun({ history, store }, connection, "delete", items, { journaled: true });
    await recorder.end();
    const { plan } = await history.snapshot(recorder.plan.run);
    assert.equal(plan.baseUrl, `${dialler.baseUrl}/`);
    assert.equal(plan.demo, false);
    assert.deepEqual(plan.items, [
      { userData: "nobody" },
      { id: 2, userData: "CRM-2", identity: identityDigest(contactFromRecord(record)) },
    ]);
    assert.ok(pathOf(journal, plan.run).endsWith(".jsonl"));
    assert.ok(!(await allText(journal)).includes("Name 2"));
    history.dispose();
  });
});
