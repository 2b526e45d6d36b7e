import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Connection } from "../../../../../src/dialler/endpoint/connect";
import { ContactRow } from "../../../../../src/dialler/list/rows";
import { ListKeys } from "../../../../../src/editor/commands/call/listKeys";
import { startSmallDialler, type SmallDialler } from "../../../../support/dialler/smallDialler";

describe("a key pressed in the list", () => {
  let dialler: SmallDialler;
  let connection: Connection;
  let keys: ListKeys;
  let now: number;
  let ran: string[];

  before(async () => {
    dialler = await startSmallDialler(0);
    connection = await dialler.connect();
  });
  after(() => dialler.stop());
  beforeEach(() => {
    now = 5000;
    ran = [];
    keys = new ListKeys(() => now);
  });

  const row = (id: number): ContactRow => new ContactRow(connection, String(id));
  const press = (command: string, rows: readonly ContactRow[]): Promise<unknown> =>
    keys.press(command, rows, false, () =>
      Promise.resolve(ran.push(`${command} ${rows.map(({ key }) => key).join()}`)),
    );

  it("acts once while its command is at work, and while it is held", async () => {
    const one = row(1);
    let end = (): void => undefined;
    const working = keys.press("lock", [one], false, () => new Promise<void>((resolve) => (end = resolve)));
    now += 60_000;
    await press("lock", [one]);
    end();
    await working;
    now += 599;
    await press("lock", [one]);
    assert.deepEqual(ran, []);
    now += 599;
    await press("lock", [one]);
    assert.deepEqual(ran, [], "a key that is still held");
    now += 600;
    await press("lock", [one]);
    assert.deepEqual(ran, ["lock 1"]);
  });

  it("acts on every other row at once, and on the same rows in any order once", async () => {
    const [one, two] = [row(1), row(2)];
    for (const rows of [[one], [two], [one, two], [two, one], [one]]) await press("lock", rows);
    assert.deepEqual(ran, ["lock 1", "lock 2", "lock 1,2"]);
  });

  it("acts again after another key on the same rows, or after another command", async () => {
    const one = row(1);
    for (const command of ["lock", "unlock", "lock"]) await press(command, [one]);
    keys.noteOther();
    await press("lock", [one]);
    assert.deepEqual(ran, ["lock 1", "unlock 1", "lock 1", "lock 1"]);
  });

  it("is at work until its command has ended, whatever else is run meanwhile", async () => {
    const one = row(1);
    void keys.press("delete", [one], true, () => new Promise(() => undefined));
    keys.noteOther();
    await press("delete", [one]);
    await setImmediate();
    assert.deepEqual(ran, []);
  });

  it("counts again at once after a question was answered", async () => {
    const one = row(1);
    await keys.press("delete", [one], true, () => Promise.resolve(undefined));
    await press("delete", [one]);
    assert.deepEqual(ran, ["delete 1"]);
  });

  it("counts again after a failure, which its caller gets", async () => {
    const one = row(1);
    await assert.rejects(
      keys.press("lock", [one], false, () => Promise.reject(new Error("refused"))),
      /refused/,
    );
    now += 600;
    await press("lock", [one]);
    assert.deepEqual(ran, ["lock 1"]);
  });
});
