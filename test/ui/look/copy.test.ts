import assert from "node:assert/strict";
import { until } from "../../support/workbench/until";
import {
  asked,
  bank,
  ids,
  lookAtContacts,
  pointAt,
  server,
  workbench,
} from "../../support/workbench/contactsToLookAt";

describe("a person who looks closer at contacts", () => {
  lookAtContacts();

  it("copies requests with the token as a variable, and records without bank data", async () => {
    await pointAt(/^Aaronson/);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as curl");
    await workbench.quickInput.pick("Read");
    const curl = await workbench.clipboard(/^curl/);
    assert.ok(curl.includes(`'${server.baseUrl}/dialler/contacts/${ids.banked}'`), curl);
    assert.ok(curl.includes('"Authorization: Bearer $DIALLER_TOKEN"'), curl);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as .http");
    await workbench.quickInput.pick("Read");
    const http = await workbench.clipboard(/^# The token/);
    assert.ok(http.includes(`GET ${server.baseUrl}/dialler/contacts/${ids.banked}\n`), http);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as PowerShell");
    await workbench.quickInput.pick("Delete");
    const power = await workbench.clipboard(/^Invoke-RestMethod/);
    assert.ok(
      power.includes(`-Method DELETE -Uri '${server.baseUrl}/dialler/contacts/contact/${ids.banked}'`),
      power,
    );
    assert.deepEqual(asked(), []);
    await workbench.contacts.contextMenu(/^Aaronson/, "Copy As", "Copy as JSON");
    const json = await workbench.clipboard(/^\{/);
    assert.ok(json.includes("+494315550199") && json.includes("aaron@mail.example.com"), json);
    for (const value of Object.values(bank)) assert.ok(!json.includes(String(value)), json);
    assert.deepEqual(asked(), [`GET /contacts/${ids.banked}`]);
    for (const text of [curl, http, power, json]) assert.ok(!text.includes("SECRET"));
  });

  it("copies a phone number, the UserData and the whole record of a row", async () => {
    assert.equal(await copied(["Copy Phone Number"], /^\d+$/), "494315550117");
    assert.equal(await copied(["Copy UserData"], /^CRM/), "CRM-000417");
    const text = await copied(["Copy As", "Copy as JSON"], /^\{/);
    const record: unknown = JSON.parse(text);
    assert.ok(typeof record === "object" && record !== null);
    assert.equal(Reflect.get(record, "ID"), 40101);
    assert.equal(Reflect.get(record, "Email"), "ida.brandt@example.com");
  });

  it("has the ID on the clipboard after Ctrl+C", async () => {
    await pointAt(/#40101\b/);
    await workbench.page.keyboard.press("ControlOrMeta+c");
    assert.equal(await workbench.clipboard(/^\d+$/), "40101");
  });

  /** A row that is being refreshed cannot be acted on; the person sees a message and tries again. */
  async function copied(labels: readonly string[], wanted: RegExp): Promise<string> {
    let text = "";
    const holds = async (): Promise<boolean> => {
      text = String(await workbench.page.evaluate("navigator.clipboard.readText()"));
      return wanted.test(text);
    };
    await until(`the clipboard after ${labels.join(" > ")}; it holds: ${text}`, async () => {
      await workbench.contacts.contextMenu(/#40101\b/, ...labels);
      return until("it", holds, 2000).then(
        () => true,
        () => false,
      );
    });
    return text;
  }
});
