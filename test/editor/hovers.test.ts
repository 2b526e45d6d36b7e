import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { contactFromRecord } from "../../src/dialler/api/record/contact";
import { contactHover } from "../../src/editor/view/list/contactHover";
import { contactTreeItem } from "../../src/editor/view/list/contactTreeItem";
import { ProblemRow } from "../../src/editor/view/list/problemRows";
import { problemTreeItem } from "../../src/editor/view/list/problemTreeItem";
import { naughtyTexts } from "../support/dialler/naughtyTexts";

/** What Markdown makes a link, a picture or an icon of, unless a backslash or a word joiner keeps it text. */
const alive = /:\/\/(?!\u2060)|www\.(?!\u2060)|@(?!\u2060)|(?<!\\)[[`]|\$\(/;

function checkHarmless(hover: vscode.MarkdownString, text: string): void {
  assert.ok(hover.isTrusted !== true && hover.supportHtml !== true && hover.supportThemeIcons !== true);
  assert.doesNotMatch(hover.value, alive, JSON.stringify(text));
}

describe("hovers", () => {
  it("show naughty texts as text: no link, picture or icon comes of them", () => {
    for (const text of [...naughtyTexts, "www.evil.example", "x@evil.example"]) {
      const members = { Name: text, FirstName: text, Company: text, City: text, UserData: text, Email: text };
      const record = { ID: text, ...members, PhoneNumber1: text, dtNextTry: text, DiallerCampaignsID: 1 };
      checkHarmless(contactHover(contactFromRecord(record), text), text);
      const { tooltip } = problemTreeItem(new ProblemRow(text, "retry", undefined));
      assert.ok(typeof tooltip === "object");
      checkHarmless(tooltip, text);
    }
  });

  it("say the ID of a contact without a name once, to the eye and to the ear", () => {
    const contact = contactFromRecord({ ID: 6 });
    assert.equal(contactHover(contact, undefined).value.match(/6/g)?.length, 1);
    const { accessibilityInformation } = contactTreeItem(contact, {
      id: "x",
      readOnly: false,
      inDoubt: false,
      sharesUserData: false,
      rowFields: ["userData", "company"],
    });
    assert.equal(accessibilityInformation?.label, "ID 6");
  });
});
