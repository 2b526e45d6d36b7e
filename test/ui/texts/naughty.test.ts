import assert from "node:assert/strict";
import * as reply from "../../support/dialler/scriptedReply";
import { naughty, naughtyTexts } from "../../support/dialler/naughtyTexts";
import { until } from "../../support/workbench/until";
import { openWorkbench, type Workbench } from "../../support/workbench/workbench";
import { type SmallDialler, startSmallDialler } from "../../support/dialler/smallDialler";
import { giveToken } from "../../support/workbench/openOn";

const idOf = (text: string): number => naughtyTexts.indexOf(text) + 1;
const evilError =
  "no [x](command:workbench.action.quit) $(trash)\n2026-01-01 [info] deleted 99 \u202e\u001b]8;;http://evil.example\u0007\u2028<b>x</b>";

describe("a person whose server is full of naughty texts", () => {
  let workbench: Workbench;
  let dialler: SmallDialler;
  const fetched: string[] = [];
  const linked = idOf("[x](command:workbench.action.quit)");
  const pictured = idOf("![](https://evil.example/p.png)");

  before(async () => {
    const records = naughtyTexts.map((text, index) => ({
      ...{
        ID: index + 1,
        Name: text,
        FirstName: text,
        Company: text,
        UserData: text,
        Email: text,
        City: text,
      },
    }));
    dialler = await startSmallDialler(records, ({ kind, id }, ordinary) =>
      kind === "lock" && id === pictured ? reply.json(400, { status: 400, error: evilError }) : ordinary(),
    );
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": { "a.b %s": { baseUrl: dialler.baseUrl, environment: "test" } },
        "dialler.activeEndpoint": "a.b %s",
        "dialler.groupBy": "none",
        "dialler.sortBy": "id",
      },
    });
    await workbench.page.context().route(/evil\.example/, (route) => {
      fetched.push(route.request().url());
      return route.abort();
    });
    await workbench.openView();
    await giveToken(workbench);
    await workbench.contacts.row(/#1\b/);
  });

  after(async () => {
    await workbench.close();
    await dialler.stop();
  });

  it("sees contacts each with its ID, and nothing of them as icon or link", async () => {
    await workbench.statusBarItem("a.b %s").waitFor();
    for (const text of ["\u202egnp.exe", ...(naughty.html ?? []).slice(0, 2), ...(naughty.icons ?? [])]) {
      const row = await workbench.contacts.row(new RegExp(`#${idOf(text)}(?!\\d)`));
      assert.equal(await row.locator(".label-name .codicon, .label-name a").count(), 0, text);
      assert.doesNotMatch(await row.innerText(), /[\u202a-\u202e\u2066-\u2069\u200b]/);
    }
    await workbench.screenshot("naughty");
  });

  it("reads names as they are in the hover, and nothing is fetched for it", async () => {
    for (const id of [linked, pictured, idOf("<img src=x onerror=alert(1)>"), idOf("$(trash) A")]) {
      const row = new RegExp(`#${id}(?!\\d)`);
      let hover = "";
      // While the list scrolls, the pointer rests on other rows for a moment.
      await until(`the hover of #${id}`, async () => {
        await workbench.movePointerAway();
        hover = await workbench.contacts.hover(row);
        return row.test(hover);
      });
      const made = ".monaco-hover:visible :is(img, .codicon-trash, b, script)";
      assert.equal(await workbench.page.locator(made).count(), 0, hover);
      const links = workbench.page.locator(".monaco-hover:visible a[data-href]");
      assert.deepEqual(await links.allInnerTexts(), ["Open", "Copy ID", "Lock"], hover);
      await workbench.movePointerAway();
    }
    assert.deepEqual(fetched, []);
  });

  it("opens a record, and reads in it what the server sent", async () => {
    await workbench.contacts.select(new RegExp(`#${linked}(?!\\d)`));
    await workbench.page.keyboard.press("Enter");
    await workbench.editorLinesWhen((lines) =>
      lines.some((line) => line.includes('"Name": "[x](command:workbench.action.quit)"')),
    );
    assert.equal(await workbench.dialog.isShown(), false);
    await workbench.runCommand("View: Close All Editors");
  });

  it("filters for any text, and finds contacts or gets an answer", async () => {
    await workbench.contacts.clickAction("Filter Contacts…");
    for (const [text, id] of [
      ["DROP TABLE", idOf("'; DROP TABLE contacts;--")],
      ["(a+)+$", idOf("(a+)+$")],
      ["__proto__", idOf("__proto__")],
      ['userdata:"[x](command:"', linked],
      ["客户", idOf("客户")],
    ] as const) {
      await workbench.quickInput.type(text);
      await workbench.contacts.rowsWhen(
        (rows) => rows.length < 10 && rows.some((row) => new RegExp(`#${id}(?!\\d)`).test(row)),
      );
    }
    await workbench.quickInput.type("tries:>1e309");
    await workbench.quickInput.messageWhen(/tries: needs a number/);
    await workbench.quickInput.cancel();
    await workbench.contacts.row(/#1\b/);
  });

  it("locks one by its ID", async () => {
    await workbench.contacts.select(new RegExp(`#${linked}(?!\\d)`));
    await workbench.page.keyboard.press("ControlOrMeta+l");
    await workbench.output.logged(new RegExp(`a\\.b %s lock #${linked} done HTTP 200`));
    assert.deepEqual(
      dialler.changing().map(({ method, path }) => `${method} ${path.replace("/rest/v1.0/7/dialler", "")}`),
      [`PATCH /contacts/contact/${linked}/lock`],
    );
  });

  it("reads a failure in the server's words, which make no link, no icon and no second line (D10, D11)", async () => {
    await workbench.contacts.select(new RegExp(`#${pictured}(?!\\d)`));
    await workbench.page.keyboard.press("ControlOrMeta+l");
    const { message } = await workbench.notifications.read(/was not locked on a\.b %s: failed\./);
    assert.match(message, /no \[x\]\u2060?\(command:workbench\.action\.quit\) \$\u2060?\(trash\)/);
    const made = ".notification-toast .notification-list-item-message :is(a, .codicon)";
    assert.equal(await workbench.page.locator(made).count(), 0);
    const line = await workbench.output.logged(new RegExp(`lock #${pictured} failed HTTP 400`));
    assert.match(line, /\[info\] deleted 99 {1,2}<b>x<\/b>$/);
    assert.ok(!(await workbench.output.log()).some((each) => each.startsWith("2026-01-01")));
    await workbench.screenshot("naughty-failure");
    await workbench.activity.expandView();
    await workbench.activity.rowsWhen((rows) =>
      rows.some((row) => row.includes(": not locked") && row.includes("a.b %s")),
    );
    assert.deepEqual(fetched, []);
  });
});
