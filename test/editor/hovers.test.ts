import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { contactFromRecord } from "../../src/dialler/api/record/contact";
import { contactHover } from "../../src/editor/view/list/contactHover";
import { contactTreeItem } from "../../src/editor/view/list/contactTreeItem";
import { ProblemRow } from "../../src/editor/view/list/problemRows";
import { problemTreeItem } from "../../src/editor/view/list/problemTreeItem";
import { naughtyTexts } from "../support/dialler/naughtyTexts";

/** What Markdown makes a link, a picture or an icon of, unless a backslash or a word joiner keeps it text. */
const alive = /:\/\/(?!\u2060)|www\.(?!\u2060)|@(?!\u2060)|(?<!\\)[[`]|<(?!\u2060)|\$\(/;

/** Texts that would be links to a command of ours if they were Markdown. */
const commandLinks = [
  "[x](command:dialler.contact.lock?%5B%7B%22ids%22%3A%5B1%5D%7D%5D)",
  "[x](<command:dialler.contact.lock>)",
  "<command:dialler.contact.lock?%5B%7B%22ids%22%3A%5B1%5D%7D%5D>",
  '<a href="command:dialler.contact.lock">x</a>',
  "[x]: command:dialler.contact.lock\n[x]",
  "[x][y]\n\n[y]: <command:dialler.contact.lock>",
  "\\[x](command:dialler.contact.lock)",
];

/** The links of ours, each as it must be written, for the contact 5. */
const ourLinks =
  /\n\n\[Open\]\(command:dialler\.contact\.open\?[\w%]+\)( · \[\w[\w ]+\]\(command:dialler\.contact\.(copyId|lock|unlock)\?[\w%]+\)){2,3}$/;

const endpoint = { name: "test", readOnly: false };
const around = { campaign: undefined, result: undefined, endpoint };

function checkHarmless(hover: vscode.MarkdownString, text: string): void {
  assert.ok(hover.isTrusted !== true && hover.supportHtml !== true && hover.supportThemeIcons !== true);
  assert.doesNotMatch(hover.value.replace(ourLinks, ""), alive, JSON.stringify(text));
}

describe("hovers", () => {
  it("show naughty texts as text: no link, picture or icon comes of them", () => {
    for (const text of [...naughtyTexts, "www.evil.example", "x@evil.example", ...commandLinks]) {
      const members = { Name: text, FirstName: text, Company: text, City: text, UserData: text, Email: text };
      const record = { ID: text, ...members, PhoneNumber1: text, dtNextTry: text, DiallerCampaignsID: 1 };
      const surroundings = { campaign: text, result: text, endpoint };
      checkHarmless(contactHover(contactFromRecord(record), surroundings), text);
      const sendable = contactHover(contactFromRecord({ ...record, ID: 5 }), surroundings);
      assert.match(sendable.value, ourLinks);
      checkHarmless(sendable, text);
      const { tooltip } = problemTreeItem(new ProblemRow(text, "retry", undefined));
      assert.ok(typeof tooltip === "object");
      checkHarmless(tooltip, text);
    }
  });

  it("allow four commands and no other", () => {
    const { isTrusted } = contactHover(contactFromRecord({ ID: 6 }), around);
    const verbs = ["open", "copyId", "lock", "unlock"];
    assert.deepEqual(isTrusted, { enabledCommands: verbs.map((verb) => `dialler.contact.${verb}`) });
  });

  it("say when the next try is, and how far away; what cannot be read stays as it came", () => {
    const now = new Date(2026, 10, 25, 12, 24);
    const at = (dtNextTry: string): string =>
      contactHover(contactFromRecord({ ID: 6, dtNextTry }), { ...around, now }).value.replaceAll(
        "&nbsp;",
        " ",
      );
    assert.match(at("2026-11-28T12:24:00"), /Next try: Nov 28, 2026, 12:24.PM, in 3 days/);
    assert.match(at("2026-11-25T12:19:00"), /Next try: Nov 25, 2026, 12:19.PM, 5 minutes ago/);
    assert.match(at("soon <b>"), /Next try: soon </);
  });

  it("say the result in words where it is known, else the code", () => {
    const contact = contactFromRecord({ ID: 6, DiallerCampaignsResultCodesID: 503 });
    assert.match(contactHover(contact, around).value, /Result code: \\#503/);
    const told = contactHover(contact, { ...around, result: "Busy" }).value;
    assert.match(told, /Result: Busy/);
    assert.doesNotMatch(told, /503/);
  });

  it("say the ID of a contact without a name once, to the eye and to the ear", () => {
    const contact = contactFromRecord({ ID: 6 });
    assert.equal(contactHover(contact, around).value.split("\n\n[")[0]?.match(/6/g)?.length, 1);
    const { accessibilityInformation } = contactTreeItem(contact, {
      id: "x",
      readOnly: false,
      underWay: undefined,
      inDoubt: false,
      sharesUserData: false,
      rowFields: ["userData", "company"],
    });
    assert.equal(accessibilityInformation?.label, "ID 6");
  });
});
