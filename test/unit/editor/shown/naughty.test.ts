import assert from "node:assert/strict";
import { type Contact, contactFromRecord, contactLabel } from "../../../../src/dialler/api/record/contact";
import { InvalidKey, userDataFault } from "../../../../src/dialler/api/record/key";
import { Secrets } from "../../../../src/dialler/api/secrets";
import type { Connection } from "../../../../src/dialler/endpoint/connect";
import { readEndpoint } from "../../../../src/dialler/endpoint/endpoint";
import { readFilter } from "../../../../src/dialler/list/contactFilter";
import { type SortBy, sortOrders } from "../../../../src/dialler/list/contactOrder";
import { ContactStore } from "../../../../src/dialler/list/contactStore";
import { shownList } from "../../../../src/dialler/list/contactsState";
import { readExternalLink } from "../../../../src/dialler/list/externalLink";
import { linesOf } from "../../../../src/dialler/runs/resultLine";
import { keyLists, unusableLines, usableCount } from "../../../../src/dialler/text/keyList";
import { ExportText } from "../../../../src/dialler/transfer/exportRows";
import { detailOf, type Place, titleOf } from "../../../../src/editor/commands/ask/confirmWords";
import { previewText } from "../../../../src/editor/commands/ask/preview";
import { dryRunText } from "../../../../src/editor/commands/change/dryRun";
import { maskedContact, maskedText } from "../../../../src/editor/shown/mask";
import { plainLine, plainText } from "../../../../src/editor/shown/plainText";
import {
  entryDescription,
  entryLabel,
  runDescription,
  runLabel,
} from "../../../../src/editor/view/activity/activityTexts";
import { runCsv, runMarkdown } from "../../../../src/editor/view/activity/runReport";
import { documentText } from "../../../../src/editor/view/document/recordText";
import { curlText, httpText } from "../../../../src/editor/view/document/requestText";
import { endOf } from "../../../support/endOf";
import { runOf } from "../../../support/dialler/runOf";
import { type SmallDialler, startSmallDialler } from "../../../support/dialler/smallDialler";
import { naughtyTexts } from "../../../support/dialler/naughtyTexts";
import { token } from "../../../support/dialler/token";

const secrets = new Secrets();
secrets.add(token);
const speech = { language: "en", redact: (text: string) => secrets.redact(text) };
/** What no label may hold; the word joiner is ours. */
const forbidden = /(?!\u2060)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe("naughty texts (D20)", function () {
  this.timeout(60_000);
  let dialler: SmallDialler;
  let connection: Connection;
  let store: ContactStore;
  let contacts: Contact[];
  const preferences: { groupBy: "none"; sortBy: SortBy; lockField: string } = {
    groupBy: "none",
    sortBy: "id",
    lockField: "",
  };
  const recordOf = (text: string, index: number) => ({
    ID: index + 1,
    Name: text,
    FirstName: text,
    Company: text,
    City: text,
    UserData: text,
    Tag: text,
    Email: text,
    PhoneNumber1: text,
    dtNextTry: text,
    ExternalSystemLink: text,
    Comment: text,
  });
  const place: Place = {
    endpoint: "test",
    production: true,
    masked: false,
    campaignName: (id) => naughtyTexts[id ?? 0],
  };

  before(async () => {
    dialler = await startSmallDialler(naughtyTexts.map(recordOf));
    connection = await dialler.connect();
    store = new ContactStore(() => preferences);
    store.open(connection);
    await store.load();
    contacts = naughtyTexts.flatMap((_, index) => {
      const row = store.rowById(index + 1);
      return row === undefined ? [] : (store.contact(row) ?? []);
    });
  });

  after(async () => {
    connection.dispose();
    await dialler.stop();
  });

  it("are listed as they were sent, and the record that was read is the one that was sent", async () => {
    assert.equal(contacts.length, naughtyTexts.length);
    for (const [index, text] of naughtyTexts.entries()) {
      const { name, userData } = contactFromRecord(recordOf(text, index));
      // Half a character is no text that can be kept as UTF-8; the record still has it.
      assert.deepEqual(
        [contacts[index]?.name, contacts[index]?.userData],
        [name.toWellFormed(), userData?.toWellFormed()],
      );
      const record = await connection.client.getContact(index + 1);
      assert.deepEqual([record.Name, record.UserData], [text, text]);
    }
  });

  it("are put in every order, each contact once", async () => {
    for (const order of sortOrders) {
      preferences.sortBy = order;
      await store.sort();
      const list = store.state.kind === "flat" ? shownList(store.state.contacts) : undefined;
      assert.equal(new Set(list?.keys()).size, naughtyTexts.length);
    }
    preferences.sortBy = "id";
    await store.sort();
  });

  it("are filters that are understood or explained, and find the contact that holds them", async () => {
    for (const [index, text] of naughtyTexts.entries()) {
      for (const typed of [text, `"${text}"`, `userdata:"${text}"`, `-"${text}"`]) {
        const reading = readFilter(typed);
        if (!reading.ok) {
          assert.ok(reading.why.length > 10, typed);
          continue;
        }
        if (typed !== `userdata:"${text}"` || text.includes('"') || text.length > 100) continue;
        // Half a character cannot be typed.
        if (/\p{Cs}/u.test(text)) continue;
        store.setFilter(reading.filter);
        await store.filtered();
        const list = store.state.kind === "flat" ? shownList(store.state.contacts) : undefined;
        assert.ok(list && store.visible(list).has(String(index + 1)), JSON.stringify(text));
      }
    }
    store.setFilter(undefined);
  });

  it("are harmless and short in every label, question and line", () => {
    for (const [index, text] of naughtyTexts.entries()) {
      const contact = contacts[index];
      assert.ok(contact);
      const snapshot = runOf([{ userData: text, result: { outcome: "failed", reason: text } }], {
        plan: { endpoint: text, baseUrl: text, startedAt: text },
      });
      const lines = [
        plainText(contactLabel(contact)),
        plainText(contactLabel(maskedContact(contact))),
        titleOf(contact),
        ...detailOf(contact, place).split("\n"),
        ...previewText({
          ...{ change: "delete", place, contacts: [contact], offered: [], mayGoUnkept: false },
          setAside: [{ id: undefined, userData: text, outcome: "skipped", reason: text }],
        }).split("\n"),
        runLabel(snapshot, speech),
        runDescription(snapshot, speech),
        entryLabel(snapshot, 0, speech),
        entryDescription(snapshot, 0, speech),
      ];
      for (const line of lines) {
        // Our own isolates around names that are written from right to left.
        const bare = line.replace(/\u2068([^\u2066-\u2069]*)\u2069/g, "$1");
        assert.doesNotMatch(bare, forbidden, JSON.stringify(text));
        assert.doesNotMatch(line, /\]\(|\$\(/, JSON.stringify(text));
        assert.ok(line.length < 1000, `${line.length} characters for ${JSON.stringify(text.slice(0, 40))}`);
      }
    }
  });

  it("make one line each in the log, and a report that holds its rows", () => {
    for (const text of naughtyTexts) {
      const [line = { line: "" }] = linesOf("delete", text, [{ id: 1, outcome: "failed", reason: text }]);
      for (const logged of [plainLine(line.line), maskedText(plainLine(line.line))])
        assert.doesNotMatch(logged, /[\r\n\u2028\u2029\u0085\u001b\u009b\u202e]/);
      const snapshot = runOf([{ userData: text, result: { outcome: "failed", reason: text } }]);
      const table = runMarkdown(snapshot, speech)
        .split("\n")
        .filter((row) => row.startsWith("| 40101"));
      assert.equal(table.length, 1);
      // Five cells, whatever the text holds: an escaped bar ends none.
      assert.equal((table[0] ?? "").replace(/\\./g, "").split("|").length, 7, JSON.stringify(text));
      assert.equal(runCsv(snapshot).split("\r\n").length, 3);
    }
  });

  it("are in documents and exports as they are", () => {
    for (const [index, text] of naughtyTexts.entries()) {
      const record = recordOf(text, index);
      assert.deepEqual(JSON.parse(documentText(record, (each) => secrets.withoutTokens(each))), record);
      const choice = { format: "json", bankToo: true, lockField: "" } as const;
      const json = new ExportText(choice);
      assert.deepEqual(JSON.parse(json.push([record]) + json.end()), [record]);
      for (const format of ["raw", "spreadsheet"] as const) {
        const table = new ExportText({ ...choice, format });
        assert.ok((table.push([record]) + table.end()).length > text.length);
      }
    }
  });

  it("look up the contact that carries them, or are refused before anything is sent", async () => {
    for (const [index, text] of naughtyTexts.entries()) {
      const before = dialler.heard.length;
      if (userDataFault(text) !== undefined) {
        await assert.rejects(connection.client.findByUserData(text), InvalidKey);
        assert.equal(dialler.heard.length, before);
        continue;
      }
      if (text.length > 1000) continue;
      const found = await connection.client.findByUserData(text);
      assert.ok(
        found.some(({ ID }) => ID === index + 1),
        JSON.stringify(text),
      );
    }
  });

  it("are lists of which every line is a key or is named with its fault", () => {
    const text = naughtyTexts.join("\n");
    const lists = endOf(keyLists(text, "test"));
    assert.ok(!("kind" in lists));
    for (const reading of lists.flat()) {
      const { keys } = reading;
      if (keys.kind === "id") assert.ok(keys.ids.every((id) => id > 0));
      else assert.ok(keys.userData.every((key) => userDataFault(key) === undefined));
      assert.ok(usableCount(reading) <= text.split(/\r\n|[\r\n]/).length);
      assert.doesNotMatch(plainText(unusableLines(reading), 5000), forbidden);
    }
  });

  it("stay within their line in a dry run and in requests to copy", () => {
    for (const text of naughtyTexts.filter((each) => userDataFault(each) === undefined)) {
      const request = connection.client.requestOf("lock", { userData: text });
      assert.match(request.url, /^[\x21-\x7e]+$/);
      assert.equal(
        curlText(request).split("\n").length,
        curlText({ ...request, url: "x" }).split("\n").length,
      );
      assert.equal(
        httpText([request]).split("\n").length,
        httpText([{ ...request, url: "x" }]).split("\n").length,
      );
    }
    const items = contacts.flatMap((shown) => (shown.id === undefined ? [] : [{ id: shown.id, shown }]));
    assert.doesNotMatch(dryRunText("delete", items, connection), /[^\n -~ü–…]/);
  });

  it("are names of endpoints that are taken or refused with a sentence", () => {
    for (const text of naughtyTexts) {
      const read = readEndpoint(text, { baseUrl: "https://h/rest/v1.0/7" });
      if (read.ok) assert.doesNotMatch(text, forbidden);
      else assert.ok(read.why.length > 10);
      assert.ok(!readEndpoint("test", { baseUrl: text }).ok || text.startsWith("http"));
    }
  });

  it("are links of which none but a web page's opens", () => {
    for (const text of naughtyTexts) {
      const link = readExternalLink(text, false);
      if (link.ok) assert.match(text, /^https:/);
    }
  });
});
