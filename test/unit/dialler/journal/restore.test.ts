import assert from "node:assert/strict";
import type { Contact } from "../../../../src/dialler/api/record/contact";
import { importableMembers } from "../../../../src/dialler/api/record/importable";
import { isRecord } from "../../../../src/dialler/api/record/isRecord";
import { decodedJson, withLoss } from "../../../../src/dialler/api/record/wholeRecord";
import type { WireRecord } from "../../../../src/dialler/api/record/wire";
import { restoreContact, type RestorePorts } from "../../../../src/dialler/journal/restore";
import { quickControl } from "../../../support/dialler/clientFor";
import * as reply from "../../../support/dialler/scriptedReply";
import { error, type ScriptedReply } from "../../../support/dialler/scriptedReply";
import {
  byTheBook,
  contact,
  list,
  noSuchContact,
  type Script,
  type SmallDialler,
  startSmallDialler,
} from "../../../support/dialler/smallDialler";

/** A record as the journal keeps it: the whole of what the server had. */
const deleted: WireRecord = contact({
  ID: 5,
  FirstName: "Ann",
  Custom7: "seven",
  nTriesTotal: 3,
  dtInserted: "2026-01-01",
  LastResult: "answered",
  Comment: "line\u2028two",
  Company: null,
  City: "",
  bLocked: true,
});

describe("restoreContact", function () {
  this.timeout(20_000);
  let dialler: SmallDialler;
  let asked: (readonly Contact[])[];
  let begun: number;
  const started: SmallDialler[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });

  const start = async (script: Script = byTheBook, contacts: readonly WireRecord[] = [{ ID: 1 }]) => {
    dialler = await startSmallDialler(contacts, script);
    started.push(dialler);
  };

  const restore = async (record: WireRecord, ports: Partial<RestorePorts> = {}) => {
    asked = [];
    begun = 0;
    const { client } = await dialler.connect({}, { requestSeconds: 0.4 });
    return restoreContact(record, {
      client,
      lockField: "",
      control: quickControl(),
      mayTryAgain: () => Promise.resolve(false),
      mayReadWholeList: () => Promise.resolve(true),
      mayDuplicate: (existing) => {
        asked.push(existing);
        return Promise.resolve(false);
      },
      begin: () => {
        begun++;
        return Promise.resolve();
      },
      ...ports,
    });
  };

  const imports = () => dialler.heard.filter(({ kind }) => kind === "import");

  it("imports once, only what may be imported, without overwriting, and locks again what was locked (B16)", async () => {
    await start();
    const result = await restore(deleted);
    assert.equal(result?.outcome, "done");
    assert.equal(result.newId, 90_001);
    assert.equal(imports().length, 1);
    const [sent] = imports();
    assert.equal(sent?.query.get("overwriteDuplicates"), "false");
    const body: unknown = JSON.parse(sent.request.body);
    assert.deepEqual(body, {
      ...{ DiallerCampaignsID: 71, UserData: "CRM-5", Name: "Name 5", PhoneNumber1: "49431555015" },
      ...{ FirstName: "Ann", Custom7: "seven", Comment: "line\u2028two" },
    });
    assert.ok(Object.keys(body as object).every((n) => importableMembers.has(n) || n.startsWith("Custom")));
    assert.equal(dialler.contacts.get(90_001)?.bLocked, true);
    assert.deepEqual(dialler.idsOf("lock"), [90_001]);
    // What cannot come back is said; the server's own account of its calls is not named one by one.
    assert.match(result.reason ?? "", /LastResult/);
    assert.doesNotMatch(result.reason ?? "", /nTriesTotal|bLocked/);
  });

  it("locks nothing that was not locked", async () => {
    await start();
    const result = await restore({ ...deleted, bLocked: false });
    assert.equal(result?.outcome, "done");
    assert.equal(dialler.changing().length, 1);
  });

  it("is done also where the lock cannot be set, and says so", async () => {
    await start((heard, ordinary) => (heard.kind === "lock" ? error(500) : ordinary()));
    const result = await restore(deleted);
    assert.equal(result?.outcome, "done");
    assert.match(result.reason ?? "", /was locked, but could not be locked again/);
  });

  it("sends nothing for a contact that the server would not take (B20)", async () => {
    await start();
    const missing = [{ PhoneNumber1: "" }, { Name: " " }, { DiallerCampaignsID: null }] as const;
    for (const lacking of missing) {
      assert.equal((await restore({ ...deleted, ...lacking }))?.outcome, "failed");
    }
    assert.equal(dialler.requests.length, 0);
  });

  it("sends nothing for a record that is not whole (D21, D22, C08)", async () => {
    await start();
    const decoded = (json: string | Buffer): WireRecord => {
      const { value, loss } = decodedJson(Buffer.from(json));
      assert.ok(isRecord(value));
      return withLoss({ ...deleted, ...value }, loss);
    };
    const damaged = [
      decoded(Buffer.from('{"Comment":"caf\xe9"}', "latin1")),
      decoded('{"Amount":1e999}'),
      decoded(`{"Custom1":${"[".repeat(500)}${"]".repeat(500)}}`),
    ];
    for (const record of damaged) {
      const result = await restore(record);
      assert.equal(result?.outcome, "skipped");
      assert.match(result.reason ?? "", /cannot be kept whole/);
    }
    assert.equal(begun, 0);
    assert.equal(dialler.requests.length, 0);
  });

  describe("where the UserData exists again", () => {
    const again: readonly WireRecord[] = [{ ID: 8, UserData: "CRM-5" }];

    it("asks, and makes nothing unless told to (B17)", async () => {
      await start(byTheBook, again);
      const result = await restore(deleted);
      assert.equal(result?.outcome, "skipped");
      assert.deepEqual(
        asked.map((existing) => existing.map(({ id }) => id)),
        [[8]],
      );
      assert.equal(begun, 0);
      assert.equal(imports().length, 0);
    });

    it("makes another one where a person wants it", async () => {
      await start(byTheBook, again);
      const result = await restore(deleted, { mayDuplicate: () => Promise.resolve(true) });
      assert.deepEqual([result?.outcome, result?.newId], ["done", 90_001]);
      assert.equal(dialler.contacts.size, 2);
    });

    it("never takes the one that was there for the one that was made", async () => {
      await start((heard, ordinary) => {
        if (heard.kind !== "import") return ordinary();
        return list([{ ...dialler.contacts.get(8), ID: 8 }]);
      }, again);
      const result = await restore(deleted, { mayDuplicate: () => Promise.resolve(true) });
      assert.equal(result?.outcome, "unknown");
      assert.equal(dialler.contacts.get(8)?.bLocked, false);
      assert.equal(dialler.changing().length, 1);
    });

    it("is not taken in by one that only looks like it", async () => {
      await start(byTheBook, [{ ID: 8, UserData: "crm-5" }]);
      assert.equal((await restore(deleted))?.outcome, "done");
      assert.deepEqual(asked, []);
    });
  });

  it("imports nothing while nobody can tell whether the UserData exists again", async () => {
    await start((heard, ordinary) => (heard.kind === "import" ? ordinary() : error(500)));
    const result = await restore(deleted);
    assert.equal(result?.outcome, "failed");
    assert.equal(begun, 0);
    await start((heard, ordinary) => (heard.kind === "batch" ? reply.empty(404) : ordinary()));
    dialler.script = (heard, ordinary) =>
      heard.kind === "list" || heard.kind === "batch" || heard.kind === "lookUp"
        ? reply.empty(404)
        : ordinary();
    const declined = await restore(deleted, { mayReadWholeList: () => Promise.resolve(false) });
    assert.equal(declined?.outcome, "failed");
    assert.equal(imports().length, 0);
  });

  it("writes down that the import is about to leave before it does, and sends nothing where that fails", async () => {
    await start((heard, ordinary) => {
      if (heard.kind === "import") assert.equal(begun, 1);
      return ordinary();
    });
    assert.equal((await restore(deleted))?.outcome, "done");
    const broken = new Error("the disk is full");
    await assert.rejects(
      restore({ ...deleted, UserData: "other" }, { begin: () => Promise.reject(broken) }),
      broken,
    );
    assert.equal(imports().length, 1);
  });

  describe("after an answer that does not tell", () => {
    const unclear: readonly [string, (ordinary: () => ScriptedReply) => ScriptedReply][] = [
      ["a reset", () => reply.reset()],
      ["a 500", () => error(500)],
      ["a 503", () => error(503, { "Retry-After": "0" })],
      ["its deadline", () => reply.hang()],
      ["no HTTP", () => reply.notHttp()],
    ];
    for (const [what, answer] of unclear) {
      it(`finds the contact that was made, and locks it: ${what}`, async () => {
        await start((heard, ordinary) => {
          if (heard.kind !== "import") return ordinary();
          ordinary();
          return answer(ordinary);
        });
        const result = await restore(deleted);
        assert.deepEqual([result?.outcome, result?.newId], ["done", 90_001]);
        assert.equal(imports().length, 1);
        assert.equal(dialler.contacts.get(90_001)?.bLocked, true);
      });

      it(`sends no second import, and does not know whether it will still be made: ${what}`, async () => {
        await start((heard, ordinary) => (heard.kind === "import" ? answer(ordinary) : ordinary()));
        const result = await restore(deleted);
        assert.deepEqual([result?.outcome, result?.settles], ["unknown", true]);
        assert.equal(imports().length, 1);
        assert.equal(result?.stopsRun, false);
      });
    }

    const losing: Script = (heard, ordinary) => {
      if (heard.kind !== "import") return ordinary();
      ordinary();
      return reply.reset();
    };

    it("does not know of a contact without a UserData of its own", async () => {
      await start(losing);
      for (const userData of [null, " ", "\ud800"]) {
        const result = await restore({ ...deleted, UserData: userData });
        assert.equal(result?.outcome, "unknown");
      }
      assert.equal(imports().length, 3);
      assert.equal(dialler.idsOf("lock").length, 0);
    });

    it("takes the first of several that have come, and names them all", async () => {
      const twins = list([contact({ ID: 91, UserData: "CRM-5" }), contact({ ID: 92, UserData: "CRM-5" })]);
      await start((heard, ordinary) => {
        if (heard.kind === "import") return reply.reset();
        return heard.kind === "batch" && imports().length > 0 ? twins : ordinary();
      });
      const result = await restore(deleted);
      assert.deepEqual([result?.outcome, result?.newId], ["done", 91]);
      assert.match(result?.reason ?? "", /Made twice: #91, #92/);
    });

    it("does not know where one only looks like it, or where the look fails", async () => {
      const afterwards: readonly ((ordinary: () => ScriptedReply) => ScriptedReply)[] = [
        () => list([contact({ ID: 91, UserData: "crm-5" })]),
        () => error(500),
      ];
      for (const look of afterwards) {
        await start((heard, ordinary) => {
          if (heard.kind === "import") return reply.reset();
          return heard.kind === "batch" && imports().length > 0 ? look(ordinary) : ordinary();
        });
        assert.equal((await restore(deleted))?.outcome, "unknown");
        assert.equal(dialler.changing().length, 1);
      }
    });

    it("does not call a contact missing that the server said it had made", async () => {
      for (const answer of [reply.empty(200), reply.json(200, { status: 200 }), list([])]) {
        await start((heard, ordinary) => (heard.kind === "import" ? answer : ordinary()));
        assert.equal((await restore(deleted))?.outcome, "unknown");
      }
    });
  });

  it("fails where nobody listens, so that it can be tried again", async () => {
    await start();
    const { client } = await dialler.connect();
    await dialler.stop();
    started.pop();
    const result = await restore({ ...deleted, UserData: null }, { client });
    assert.equal(result?.outcome, "failed");
  });

  it("says what the server said no to, and whether the next would fare the same", async () => {
    const refusals: readonly [ScriptedReply, boolean][] = [
      [error(400), false],
      [error(409), false],
      [error(401), true],
      [error(403), true],
      [reply.empty(404), true],
      [reply.redirect(307, "http://127.0.0.1:1/"), true],
    ];
    for (const [answer, stopsRun] of refusals) {
      await start((heard, ordinary) => (heard.kind === "import" ? answer : ordinary()));
      const result = await restore(deleted);
      assert.deepEqual([result?.outcome, result?.stopsRun], ["failed", stopsRun]);
      assert.equal(imports().length, 1);
    }
    await start((heard, ordinary) => (heard.kind === "import" ? noSuchContact : ordinary()));
    assert.equal((await restore(deleted))?.outcome, "failed");
    await start((heard, ordinary) => (heard.kind === "import" ? error(429) : ordinary()));
    assert.equal((await restore(deleted))?.outcome, "failed");
    // Nothing was created, so it was sent again until the server was given up.
    assert.equal(imports().length, 11);
  });

  describe("cancelled", () => {
    it("imports nothing more, wherever it was: while looking, asking or writing", async () => {
      const cancel = { now: new AbortController() };
      const whileLooking: Script = (_, ordinary) => {
        cancel.now.abort();
        return ordinary();
      };
      const steps: readonly [Script, Partial<RestorePorts>][] = [
        [whileLooking, {}],
        [
          byTheBook,
          {
            mayDuplicate: () => {
              cancel.now.abort();
              return Promise.resolve(true);
            },
          },
        ],
        [
          byTheBook,
          {
            mayDuplicate: () => Promise.resolve(true),
            begin: () => {
              cancel.now.abort();
              return Promise.resolve();
            },
          },
        ],
      ];
      for (const [place, [script, ports]] of steps.entries()) {
        cancel.now = new AbortController();
        await start(script, [{ ID: 8, UserData: "CRM-5" }]);
        assert.equal(
          await restore(deleted, { ...ports, control: quickControl({ cancelled: cancel.now.signal }) }),
          undefined,
        );
        assert.ok(cancel.now.signal.aborted);
        assert.equal(imports().length, 0);
        // What is written down as begun has to be settled.
        if (place < 2) assert.equal(begun, 0);
      }
    });

    it("ends the reading of the whole list", async () => {
      const cancel = new AbortController();
      await start((heard) => {
        if (heard.kind === "batch" || heard.kind === "lookUp" || heard.query.has("userData")) {
          return reply.empty(404);
        }
        cancel.abort();
        return reply.hang();
      });
      assert.equal(
        await restore(deleted, { control: quickControl({ cancelled: cancel.signal }) }),
        undefined,
      );
      assert.equal(imports().length, 0);
    });

    it("finishes what has left: the contact is found and locked", async () => {
      const cancel = new AbortController();
      await start((heard, ordinary) => {
        if (heard.kind === "import") cancel.abort();
        return ordinary();
      });
      const result = await restore(deleted, { control: quickControl({ cancelled: cancel.signal }) });
      assert.deepEqual([result?.outcome, result?.newId], ["done", 90_001]);
      assert.equal(dialler.contacts.get(90_001)?.bLocked, true);
    });
  });
});
