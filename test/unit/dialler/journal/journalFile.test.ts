import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { whyNotWhole } from "../../../../src/dialler/api/record/wholeRecord";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { lineText, readRecords, readTracker } from "../../../../src/dialler/journal/journalFile";
import { outcomes } from "../../../../src/dialler/runs/outcome";
import type { RunPlan } from "../../../../src/dialler/runs/plan";
import { type RunLine, RunTracker } from "../../../../src/dialler/runs/runSnapshot";
import { folders, numbered, planOf } from "../../../support/dialler/journals";
import { token } from "../../../support/dialler/token";

const hiding = new Secrets();
hiding.add(token);

const plan = planOf(numbered(3));
const at = "2026-07-28T14:05:00.000Z";
const head = (change: Partial<RunPlan> = {}): string =>
  lineText({ line: "run", version: 1, ...plan, ...change }, hiding);
const intent = (item: number, record?: WireRecord): string =>
  lineText({ line: "intent", item, at, ...(record === undefined ? {} : { record }) }, hiding);

describe("the journal's file", function () {
  this.timeout(20_000);
  const folder = folders();

  const fileWith = async (text: string | Buffer): Promise<string> => {
    const path = join(await folder(), "run.jsonl");
    await writeFile(path, text);
    return path;
  };

  const recordsOf = async (path: string, ...items: number[]) => {
    const found: (readonly [number, WireRecord])[] = [];
    for await (const { item, record } of readRecords(path, new Set(items))) found.push([item, record]);
    return found;
  };

  it("keeps that a success had a warning, and what helps after a failure", async () => {
    const warned = { outcome: "done", reason: "The answer was empty.", warns: true } as const;
    const failed = { outcome: "failed", status: 401, next: "setToken" } as const;
    const restored = { outcome: "done", newId: 7, reason: "Made twice: #7, #8.", warns: true } as const;
    const lines: RunLine[] = [
      { line: "outcome", item: 0, ...warned },
      { line: "outcome", item: 1, ...failed },
      { line: "restored", item: 2, ...restored },
    ];
    const text = [head(), ...lines.map((line) => lineText(line, hiding))].join("\n");
    const odd = text.replace('"warns":true', '"warns":"yes"').replace('"setToken"', '"format"');
    const [kept, other] = await Promise.all(
      [text, odd].map(async (content) =>
        (await readTracker(await fileWith(content)))?.snapshot("ended", true),
      ),
    );
    assert.deepEqual(
      [kept?.items[0]?.result, kept?.items[1]?.result, kept?.items[2]?.restored],
      [warned, failed, restored],
    );
    assert.deepEqual(
      [other?.items[0]?.result, other?.items[1]?.result],
      [
        { outcome: "done", reason: "The answer was empty." },
        { outcome: "failed", status: 401 },
      ],
    );
  });

  it("gives back every record exactly as the server had it", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "a\u2028b",
        "c\u2029d",
        "e\r\nf\rg\nh",
        "\u0000",
        "\ud800",
        "ü\u{1f600}",
        "\u0085\u000b",
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.json().map((text): unknown => JSON.parse(text)),
    );
    const name = fc.oneof(fc.constantFrom("__proto__", "constructor", "line", "item", "\u2028"), fc.string());
    const entries = fc.array(fc.tuple(name, value), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(entries, { minLength: 1, maxLength: 3 }), async (all) => {
        // By way of JSON, as a server's answer comes.
        const records = all.map((one): unknown => JSON.parse(JSON.stringify(Object.fromEntries(one))));
        const lines = records.map((record, item) => intent(item, record as WireRecord));
        const path = await fileWith(`${[head(), ...lines].join("\n")}\n`);
        const found = await recordsOf(path, 0, 1, 2);
        assert.deepEqual(
          found.map(([, record]) => JSON.stringify(record)),
          records.map((record) => JSON.stringify(record)),
        );
        assert.equal(
          (await readTracker(path))?.snapshot("ended", true).items.filter((i) => i.recorded).length,
          all.length,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a member called __proto__ a member, and lets it change nothing", async () => {
    const record: unknown = JSON.parse(`{"ID":1,"__proto__":{"UserData":"evil","polluted":true}}`);
    const path = await fileWith(`${head()}\n${intent(0, record as WireRecord)}\n`);
    const [found] = await recordsOf(path, 0);
    assert.deepEqual(Object.keys(found?.[1] ?? {}), ["ID", "__proto__"]);
    assert.equal(Reflect.get(found?.[1] ?? {}, "polluted"), undefined);
    assert.equal(JSON.stringify(found?.[1]), JSON.stringify(record));
  });

  it("reads lines that are longer than what it reads at once", async () => {
    const long = { ID: 1, Comment: `${"ü".repeat(700_000)}\u2028end` };
    const path = await fileWith(`${head()}\n${intent(0, long)}\n${intent(1, { ID: 2 })}\n`);
    assert.deepEqual(await recordsOf(path, 0, 1), [
      [0, long],
      [1, { ID: 2 }],
    ]);
  });

  it("opens wherever it is cut, and tells what the whole lines before the cut tell (B14)", async () => {
    const lines: RunLine[] = [
      { line: "run", version: 1, ...plan },
      { line: "intent", item: 0, at, record: { ID: 1, Name: "Müller\u2028" } },
      { line: "outcome", item: 0, outcome: "done", status: 200, ms: 7, reason: "so" },
      { line: "intent", item: 1, at, record: { ID: 2 } },
      { line: "end", at },
      { line: "again", at, owner: plan.owner },
      { line: "outcome", item: 1, outcome: "gone" },
      { line: "restoring", item: 0, at },
      { line: "restored", item: 0, outcome: "done", newId: 9, reason: "made" },
      { line: "undone", at },
      { line: "end", at },
    ];
    const texts = lines.map((line) => Buffer.from(`${lineText(line, hiding)}\n`));
    const whole = Buffer.concat(texts);
    const path = await fileWith("");
    let complete = 0;
    let place = 0;
    for (let cut = 0; cut <= whole.length; cut++) {
      await writeFile(path, whole.subarray(0, cut));
      const tracker = await readTracker(path);
      // Without its line feed a line is whole as well.
      while (complete < texts.length && cut >= place + (texts[complete]?.length ?? 0) - 1) {
        place += texts[complete]?.length ?? 0;
        complete++;
      }
      if (complete === 0) {
        assert.equal(tracker, undefined);
        continue;
      }
      const expected = new RunTracker(plan);
      for (const line of lines.slice(1, complete)) if (line.line !== "run") expected.take(line);
      const snapshot = tracker?.snapshot("ended", true);
      assert.deepEqual({ ...snapshot, plan }, expected.snapshot("ended", true), `cut at ${cut}`);
      assert.equal(snapshot?.plan.run, plan.run);
      assert.equal(tracker?.open, expected.open);
    }
    assert.equal(complete, lines.length);
  });

  it("passes over what it does not know, and what is not whole", async () => {
    const strange = [
      "",
      "not JSON",
      "[]",
      "null",
      `{"line":"intent","item":-1,"at":"${at}"}`,
      `{"line":"intent","item":1.5,"at":"${at}"}`,
      `{"line":"intent","item":99,"at":"${at}"}`,
      `{"line":"outcome","item":0,"outcome":"splendid"}`,
      `{"line":"restored","item":0,"outcome":"gone"}`,
      `{"line":"again","at":"${at}","owner":"me"}`,
      `{"line":"from a later version","item":0}`,
      head({ endpoint: "another" }),
      `{"line":"outcome","item":0,"outcome":"do`,
    ];
    for (const one of strange) {
      const path = await fileWith(`${head()}\n${one}\n${intent(1, { ID: 2 })}\n`);
      const snapshot = (await readTracker(path))?.snapshot("ended", true);
      assert.equal(snapshot?.plan.endpoint, "test", one);
      assert.deepEqual(
        snapshot.items.map(({ pending }) => pending),
        [false, true, false],
        one,
      );
    }
  });

  it("is no run where its first line is not the head of one", async () => {
    const broken: readonly string[] = [
      "",
      intent(0, { ID: 1 }),
      `{"line":"run","version":1}`,
      head().replace('"delete"', '"destroy"'),
      head().replace('"id":1', '"id":"1"'),
      head().replace(/"pid":\d+/, '"pid":"x"'),
    ];
    for (const first of broken) {
      assert.equal(
        await readTracker(await fileWith(`${first}\n${intent(0, { ID: 1 })}\n`)),
        undefined,
        first,
      );
    }
  });

  it("knows nothing of an item that it cannot have, whatever its lines say", async () => {
    const line = fc.record({
      line: fc.constantFrom("intent", "outcome", "restoring", "restored", "again", "undone", "end", "?"),
      item: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.constant("0"), fc.constant(null)),
      outcome: fc.oneof(fc.constantFrom(...outcomes), fc.string()),
      record: fc.oneof(fc.constant({ ID: 1 }), fc.constant([]), fc.string()),
      at: fc.oneof(fc.constant(at), fc.constant(5)),
      newId: fc.oneof(fc.integer(), fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const path = await fileWith([head(), ...lines.map((one) => JSON.stringify(one))].join("\n"));
        const snapshot = (await readTracker(path))?.snapshot("ended", true);
        assert.equal(snapshot?.items.length, 3);
        for (const { id, result: result } of snapshot.items) {
          assert.ok(id !== undefined && id <= 3);
          assert.ok(result === undefined || outcomes.includes(result.outcome));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("tells the records of the items asked for, of each the one that was read last", async () => {
    const lines = [
      intent(0, { ID: 1, Name: "old" }),
      intent(1, { ID: 2 }),
      intent(0, { ID: 1, Name: "now" }),
    ];
    const path = await fileWith(`${[head(), ...lines, intent(2)].join("\n")}\n`);
    assert.deepEqual(await recordsOf(path, 0, 2), [[0, { ID: 1, Name: "now" }]]);
    assert.deepEqual(await recordsOf(path), []);
  });

  it("marks a record that was damaged on the disk, and no other (D21, D22)", async () => {
    const damaged = [
      intent(0, { ID: 1, Name: "caf" }).replace("caf", "caf\xe9"),
      intent(1, { ID: 2, Amount: 1.5 }).replace("1.5", "1.00000000000000001"),
      intent(2, { ID: 3, Name: "caf\ufffd" }),
    ].map((line) => Buffer.from(line, line.includes("\xe9") ? "latin1" : "utf8"));
    const path = await fileWith(head());
    for (const line of damaged) await appendFile(path, Buffer.concat([Buffer.from("\n"), line]));
    const found = await recordsOf(path, 0, 1, 2);
    assert.deepEqual(
      found.map(([item, record]) => [item, /valid text|rounded/.exec(whyNotWhole(record) ?? "")?.[0]]),
      [
        [0, "valid text"],
        [1, "rounded"],
        [2, undefined],
      ],
    );
  });

  it("lets go of the file when its reader has seen enough", async function () {
    // Only Linux lists the open files of a process in a directory.
    if (process.platform !== "linux") this.skip();
    const openFiles = (): number => readdirSync("/proc/self/fd").length;
    const path = await fileWith(`${[head(), intent(0, { ID: 1 }), intent(1, { ID: 2 })].join("\n")}\n`);
    const before = openFiles();
    for (let times = 0; times < 20; times++) {
      for await (const { item } of readRecords(path, new Set([0, 1]))) if (item === 0) break;
    }
    assert.equal(openFiles(), before);
  });

  it("says that a file which has gone cannot be read", async () => {
    const path = join(await folder(), "gone.jsonl");
    await assert.rejects(readTracker(path), { code: "ENOENT" });
    await assert.rejects(recordsOf(path, 0), { code: "ENOENT" });
  });

  it("holds no token, and of a record everything else (S05)", async () => {
    const record = {
      ID: 1,
      Comment: `basic insurance; Authorization: pending; he said ${token}`,
      ExternalSystemLink: "https://user:password@crm.example/?u=1",
      [token]: [{ deep: `Bearer ${token}` }],
      [Buffer.from(token).toString("base64")]: encodeURIComponent(token),
    };
    const lines = [
      intent(0, record),
      lineText({ line: "outcome", item: 0, outcome: "failed", reason: `Bearer ${token}` }, hiding),
      lineText({ line: "restored", item: 0, outcome: "failed", reason: "see https://u:pw@host/" }, hiding),
    ];
    const path = await fileWith(`${[head({ endpoint: token }), ...lines].join("\n")}\n`);
    const text = await readFile(path, "utf8");
    assert.ok(!text.includes(token) && !text.includes(Buffer.from(token).toString("base64")));
    assert.ok(!text.includes("u:pw@"));
    const [found] = await recordsOf(path, 0);
    assert.equal(found?.[1].Comment, "basic insurance; Authorization: pending; he said ***");
    assert.equal(found[1].ExternalSystemLink, record.ExternalSystemLink);
  });
});
