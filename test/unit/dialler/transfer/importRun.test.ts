import assert from "node:assert/strict";
import { importSummary } from "../../../../src/editor/shown/summaries";
import type { Contact } from "../../../../src/dialler/api/record/contact";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import type { ImportItem } from "../../../../src/dialler/transfer/importPlan";
import {
  asideResult,
  importLinesOf,
  importReportOf,
  notImportedText,
  type RowResult,
} from "../../../../src/dialler/transfer/importReport";
import { importRun, type ImportRunPorts } from "../../../../src/dialler/transfer/importRun";
import { importedTable } from "../../../support/importedTable";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import * as reply from "../../../support/dialler/scriptedReply";
import { quickClock } from "../../../support/dialler/quickClock";
import { until } from "../../../support/dialler/clientFor";
import {
  byTheBook,
  gate,
  list,
  recordIn,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

function item(row: number, before: readonly Contact[] = []): ImportItem {
  const userData = `KEY-${row}`;
  const record = { DiallerCampaignsID: 71, Name: `N${row}`, UserData: userData, PhoneNumber1: "49431" };
  return { row, line: row + 2, userData, record, before, overwrite: before.length > 0 };
}

const items = (count: number): ImportItem[] => Array.from({ length: count }, (_, row) => item(row));

function portsOf({ client }: Connection, changes: Partial<ImportRunPorts> = {}): ImportRunPorts {
  return {
    client,
    lockField: "",
    concurrency: 4,
    cancelled: new AbortController().signal,
    mayReadWholeList: () => Promise.resolve(false),
    onBegin: () => undefined,
    onResult: () => undefined,
    onWarning: () => undefined,
    random: () => 0,
    clock: quickClock(100),
    ...changes,
  };
}

describe("an import", () => {
  let dialler: SmallDialler;

  afterEach(() => dialler.stop());

  const posts = (): number => dialler.heard.filter(({ kind }) => kind === "import").length;
  const outcomesOf = (results: readonly RowResult[]): string[] => results.map(({ outcome }) => outcome);

  /** `count`: contacts with the UserData of the rows 1, 2, … */
  async function start(script: Script = byTheBook, count = 0): Promise<Connection> {
    const records = Array.from({ length: count }, (_, at) => ({ ID: at + 1, UserData: `KEY-${at + 1}` }));
    dialler = await startSmallDialler(records, script);
    return dialler.connect();
  }

  const shown = (id: number): Contact => contactFromRecord(dialler.contacts.get(id) ?? {});

  it("sends one request a row, no more at once than it may, and learns the new IDs", async () => {
    const connection = await start();
    const results = await importRun(items(40), portsOf(connection, { concurrency: 3 }));
    assert.equal(posts(), 40);
    assert.equal(dialler.contacts.size, 40);
    assert.ok(dialler.mostInFlight() <= 3);
    assert.ok(results.every(({ outcome, id }) => outcome === "done" && dialler.contacts.has(Number(id))));
    const sent = dialler.heard.filter(({ kind }) => kind === "import");
    assert.ok(sent.every(({ query }) => query.get("overwriteDuplicates") === "false"));
    // One look-up at the end, for rows that were made twice.
    assert.equal(dialler.heard.length, 41);
  });

  it("is never sent again after a lost answer; a look by UserData tells what became of it", async () => {
    const connection = await start(({ kind, request }, ordinary) => {
      if (kind !== "import") return ordinary();
      if (request.body.includes("KEY-1")) {
        ordinary();
        return reply.reset();
      }
      return request.body.includes("KEY-2") ? reply.reset() : ordinary();
    });
    const results = await importRun(items(4), portsOf(connection));
    assert.equal(posts(), 4);
    // Not to be found proves nothing, even half a minute later.
    assert.deepEqual(outcomesOf(results), ["done", "done", "unknown", "done"]);
    assert.equal(dialler.contacts.get(Number(results[1]?.id))?.UserData, "KEY-1");
    assert.match(results[2]?.reason ?? "", /may still have been created/);
  });

  for (const answer of [reply.empty(504), reply.reset(), reply.json(500, {})]) {
    it("is found where the server carries it out after its answer was lost (T2)", async () => {
      const clock = quickClock(100);
      const connection = await start(({ kind, request }, ordinary) => {
        if (kind !== "import" || !request.body.includes("KEY-2")) return ordinary();
        void clock.wait(5000).then(ordinary);
        return answer;
      });
      const told: string[] = [];
      const onResult = ({ outcome }: RowResult): void => void told.push(outcome);
      const results = await importRun(items(4), portsOf(connection, { clock, onResult }));
      assert.equal(posts(), 4);
      assert.deepEqual(outcomesOf(results), Array<string>(4).fill("done"));
      assert.equal(told.length, 4);
      assert.equal(dialler.contacts.get(Number(results[2]?.id))?.UserData, "KEY-2");
    });
  }

  for (const hasBatch of [true, false]) {
    it(`names both contacts that a proxy made of one row, ${hasBatch ? "with" : "without"} a batch look-up (R2)`, async () => {
      const connection = await start(({ kind, request }, ordinary) => {
        if (kind === "batch" && !hasBatch) return reply.empty(404);
        if (kind !== "import" || !request.body.includes("KEY-5")) return ordinary();
        ordinary();
        return ordinary();
      });
      const warned: RowResult[] = [];
      const onWarning = (result: RowResult): void => void warned.push(result);
      const results = await importRun(items(130), portsOf(connection, { concurrency: 1, onWarning }));
      assert.deepEqual(new Set(outcomesOf(results)), new Set(["done"]));
      const twice = results.filter(({ reason }) => reason !== undefined);
      // The rows 5 and 50 to 59.
      assert.equal(twice.length, hasBatch ? 11 : 0);
      if (hasBatch) assert.match(twice[0]?.reason ?? "", /^Made twice: #90006, #90007\./);
      assert.deepEqual(warned, twice);
      const looks = dialler.heard.filter(({ kind }) => kind === "batch");
      assert.equal(looks.length, hasBatch ? 2 : 1);
    });
  }

  it("names both contacts of a row whose answer was lost (R2)", async () => {
    const connection = await start(({ kind }, ordinary) => {
      if (kind !== "import") return ordinary();
      ordinary();
      ordinary();
      return reply.reset();
    });
    const [result] = await importRun(items(1), portsOf(connection));
    assert.equal(result?.outcome, "done");
    assert.match(result.reason ?? "", /Made twice: #90001, #90002/);
    assert.equal(result.warns, true);
    assert.deepEqual(
      importLinesOf("test", [result]).map(({ level }) => level),
      ["warning"],
    );
    assert.equal(posts(), 1);
  });

  it("does not say of rows that were never sent that their contacts may have been created", async () => {
    const connection = await start(({ kind, request }, ordinary) =>
      kind === "import" && request.body.includes("KEY-2") ? reply.html(200, "<h1>Login</h1>") : ordinary(),
    );
    const results = await importRun(items(6), portsOf(connection, { concurrency: 1 }));
    assert.deepEqual(outcomesOf(results), [
      "done",
      "done",
      "unknown",
      ...Array<string>(3).fill("notAttempted"),
    ]);
    assert.match(results[2]?.reason ?? "", /something else than before .* may still have been created/);
    for (const { reason } of results.slice(3)) {
      assert.match(reason ?? "", /something else than before/);
      assert.doesNotMatch(reason ?? "", /may still have been created/);
    }
  });

  it("tells that it looks again for rows whose answer was lost", async () => {
    const told: [number, boolean][] = [];
    const connection = await start(({ kind, request }, ordinary) =>
      kind === "import" && request.body.includes("KEY-2") ? reply.reset() : ordinary(),
    );
    await importRun(
      items(3),
      portsOf(connection, { onSettling: (lost, isOver) => void told.push([lost, isOver]) }),
    );
    assert.deepEqual(told, [[1, false]]);
  });

  it("waits when the server is too busy, and sends again what it refused with 429", async () => {
    const connection = await start(({ kind, times }, ordinary) =>
      kind === "import" && times % 3 === 0 ? reply.json(429, {}, { "Retry-After": "1" }) : ordinary(),
    );
    const paces: (number | undefined)[] = [];
    const onPace = (perSecond: number | undefined): void => void paces.push(perSecond);
    const results = await importRun(items(20), portsOf(connection, { onPace }));
    assert.deepEqual(new Set(outcomesOf(results)), new Set(["done"]));
    assert.equal(dialler.contacts.size, 20);
    assert.ok(paces.some((perSecond) => perSecond !== undefined));
  });

  it("overwrites only where that was chosen, and sees after a lost answer whether it did", async () => {
    const connection = await start(({ kind, request }, ordinary) => {
      if (kind !== "import") return ordinary();
      if (request.body.includes("KEY-2")) {
        dialler.contacts.set(2, { ...dialler.contacts.get(2), ...recordIn(request.body), ID: 2 });
      }
      return reply.reset();
    }, 3);
    const before = [1, 2].map(shown);
    const results = await importRun(
      before.map((contact, at) => item(at + 1, [contact])),
      portsOf(connection),
    );
    assert.deepEqual(
      dialler.heard
        .filter(({ kind }) => kind === "import")
        .map(({ query }) => query.get("overwriteDuplicates")),
      ["true", "true"],
    );
    assert.deepEqual(
      results.map(({ outcome, id }) => [outcome, id]),
      [
        ["unknown", undefined],
        ["done", 2],
      ],
    );
  });

  it("overwrites no contact that is another one by now, and sends nothing for it", async () => {
    const changes: ((id: number) => void)[] = [
      (id) => void dialler.contacts.set(id, { ...dialler.contacts.get(id), Name: "Other" }),
      (id) => void dialler.contacts.delete(id),
      (id) => void dialler.contacts.set(9, { ...dialler.contacts.get(id), ID: 9 }),
    ];
    for (const change of changes) {
      const connection = await start(byTheBook, 2);
      const rows = [item(1, [shown(1)]), item(2, [shown(2)])];
      change(1);
      const results = await importRun(rows, portsOf(connection));
      assert.deepEqual(outcomesOf(results), ["failed", "done"]);
      assert.match(results[0]?.reason ?? "", /has changed since it was shown; nothing was sent/);
      assert.equal(posts(), 1);
      await dialler.stop();
    }
    await start();
  });

  it("overwrites no contact whose record is not whole or cannot be read, and sends nothing for it (D21, D22)", async () => {
    const named = JSON.stringify({ records: [{ ID: 1, Name: "Name" }], count: 1 });
    const answers = [
      [reply.text(200, Buffer.from(named.replace('Name"}', 'caf\xe9"}'), "latin1")), /cannot be kept whole/],
      [reply.text(200, named.replace('"Name"}', '"Name","Amount":1e999}')), /cannot be kept whole/],
      [reply.error(400), /could not be read again first/],
    ] as const;
    for (const [answer, reason] of answers) {
      const connection = await start(
        ({ kind, id }, ordinary) => (kind === "read" && id === 1 ? answer : ordinary()),
        2,
      );
      const results = await importRun([item(1, [shown(1)]), item(2, [shown(2)])], portsOf(connection));
      assert.deepEqual(outcomesOf(results), ["failed", "done"]);
      assert.match(results[0]?.reason ?? "", reason);
      assert.equal(posts(), 1);
      await dialler.stop();
    }
    await start();
  });

  it("does not know what became of a row for which the server overwrote another contact", async () => {
    const connection = await start(
      ({ kind }, ordinary) =>
        kind === "import" ? list([{ ...dialler.contacts.get(3), UserData: "key-1" }]) : ordinary(),
      3,
    );
    const results = await importRun([item(1, [shown(1)]), item(2)], portsOf(connection, { concurrency: 1 }));
    assert.deepEqual(outcomesOf(results), ["unknown", "notAttempted"]);
    assert.match(results[0]?.reason ?? "", /#1 was to be overwritten, but the server answered with #3/);
    assert.equal(posts(), 1);
  });

  it("stops by itself where every row would fare the same, and leaves the rest", async () => {
    for (const [answer, most] of [
      [reply.json(401, {}), 4],
      [reply.json(403, {}), 4],
      [reply.empty(404), 4],
      [reply.redirect(307, "http://127.0.0.1:1/"), 4],
      [reply.json(400, { status: 400, error: "no" }), 5],
      [reply.json(404, { status: 404, error: "Dialler campaign not found" }), 5],
      // Too busy is no failure; after ten waits the server is given up.
      [reply.json(429, {}), 20],
    ] as const) {
      const connection = await start(({ kind }, ordinary) => (kind === "import" ? answer : ordinary()));
      const results = await importRun(items(50), portsOf(connection));
      assert.ok(posts() <= most, `${posts()}`);
      const { counts } = importReportOf("test", results);
      assert.ok(counts.failed >= 1 && counts.failed <= 5 && counts.failed <= posts());
      assert.equal(counts.failed + counts.notAttempted, 50);
      await dialler.stop();
    }
  });

  it("stops at the first answer of something else that a look-up does not confirm, and goes on after one that it does", async () => {
    for (const answer of [
      reply.html(200, "<h1>Login</h1>"),
      reply.json(200, []),
      reply.json(200, { error: "no" }),
    ]) {
      for (const isApplied of [true, false]) {
        const connection = await start(({ kind, request }, ordinary) => {
          if (kind !== "import" || !request.body.includes("KEY-2")) return ordinary();
          if (isApplied) ordinary();
          return answer;
        });
        const results = await importRun(items(6), portsOf(connection, { concurrency: 1 }));
        const left = Array<string>(3).fill(isApplied ? "done" : "notAttempted");
        assert.deepEqual(outcomesOf(results), ["done", "done", isApplied ? "done" : "unknown", ...left]);
        assert.equal(posts(), isApplied ? 6 : 3);
        await dialler.stop();
      }
    }
    await start();
  });

  it("looks up what an empty answer does not say, and goes on where that tells nothing", async () => {
    const connection = await start(({ kind, request }, ordinary) => {
      if (kind !== "import") return ordinary();
      if (!request.body.includes("KEY-2")) ordinary();
      return reply.empty(200);
    });
    const results = await importRun(items(4), portsOf(connection, { concurrency: 1 }));
    assert.deepEqual(outcomesOf(results), ["done", "done", "unknown", "done"]);
    assert.match(results[2]?.reason ?? "", /does not contain the ID/);
  });

  it("stops after five rows in a row whose answer was lost", async () => {
    const connection = await start(({ kind }, ordinary) =>
      kind === "import" ? reply.json(500, {}) : ordinary(),
    );
    const results = await importRun(items(50), portsOf(connection));
    assert.equal(posts(), 5);
    assert.deepEqual(outcomesOf(results).slice(0, 6), [...Array<string>(5).fill("unknown"), "notAttempted"]);
  });

  it("goes on after single failures", async () => {
    const connection = await start(({ kind, request }, ordinary) =>
      kind === "import" && /KEY-[37]"/.test(request.body)
        ? reply.json(400, { status: 400, error: "no" })
        : ordinary(),
    );
    const report = importReportOf("test", await importRun(items(10), portsOf(connection)));
    const { counts } = report;
    assert.deepEqual([counts.done, counts.failed], [8, 2]);
    assert.equal(importSummary(report), "Imported 8 of 10 on test: 8 done, 2 failed.");
  });

  it("lets what is under way finish when it is cancelled, and begins no other", async () => {
    const held = gate();
    const connection = await start(async ({ kind }, ordinary) => {
      if (kind === "import") await held.opened;
      return ordinary();
    });
    const cancel = new AbortController();
    const running = importRun(items(20), portsOf(connection, { cancelled: cancel.signal }));
    await until(() => posts() === 4);
    cancel.abort();
    held.open();
    const results = await running;
    assert.equal(posts(), 4);
    const { counts } = importReportOf("test", results);
    assert.deepEqual([counts.done, counts.notAttempted, counts.unknown], [4, 16, 0]);
  });

  it("gives up on what is under way only when that is wanted, and does not look then", async () => {
    const held = gate();
    const connection = await start(async ({ kind }, ordinary) => {
      if (kind === "import") await held.opened;
      return ordinary();
    });
    const [cancel, abort] = [new AbortController(), new AbortController()];
    const running = importRun(
      items(20),
      portsOf(connection, { cancelled: cancel.signal, abort: abort.signal }),
    );
    await until(() => posts() === 4);
    cancel.abort();
    abort.abort();
    const { counts } = importReportOf("test", await running);
    held.open();
    assert.deepEqual([counts.unknown, counts.notAttempted], [4, 16]);
    assert.ok(dialler.heard.every(({ kind }) => kind === "import"));
  });

  it("is refused by a read-only endpoint before anything is sent", async () => {
    dialler = await startSmallDialler(0);
    const connection = await dialler.connect({ readOnly: true });
    const results = await importRun(items(3), portsOf(connection));
    assert.equal(dialler.heard.length, 0);
    assert.equal(importReportOf("test", results).counts.done, 0);
  });
});

describe("the report of an import", () => {
  const table = importedTable(
    "Name;ImportOutcome;Colour\r\nA;;red\r\nB;unknown;blue\r\nC;failed;green\r\nD;;\r\nE;;\r\n",
  );
  const results: RowResult[] = [
    { row: 0, line: 2, id: 90001, outcome: "done", status: 200, ms: 12 },
    asideResult({ row: 1, line: 3, reason: "marked" }),
    { row: 2, line: 4, id: undefined, outcome: "unknown", status: 500, ms: 3, reason: "lost" },
    { row: 3, line: 5, id: undefined, outcome: "notAttempted", reason: "cancelled" },
    { row: 4, line: 6, id: undefined, outcome: "notAttempted", reason: "cancelled" },
  ];

  it("is a line for each row, which names the line of the file", () => {
    assert.deepEqual(
      importLinesOf("test", results).map(({ line }) => line),
      [
        "test import #90001 done HTTP 200 12 ms : line 2",
        "test import #- skipped HTTP - 0 ms : line 3: marked",
        "test import #- unknown HTTP 500 3 ms : line 4: lost",
        "test import #- notAttempted HTTP - 0 ms : lines 5…6 (2): cancelled",
      ],
    );
  });

  it("holds the rows that were not imported, to be imported again, with what became of each", () => {
    assert.equal(
      notImportedText(table, results),
      [
        "ImportOutcome;ImportReason;Name;Colour",
        "unknown;marked;B;blue",
        "unknown;lost;C;green",
        "notAttempted;cancelled;D;",
        "notAttempted;cancelled;E;",
        "",
      ].join("\r\n"),
    );
  });
});
