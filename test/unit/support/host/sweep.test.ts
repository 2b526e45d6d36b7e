import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoContact } from "../../../../src/dialler/demo/demoContacts";
import { personsIn, sweepFolder, tokensIn } from "../../../support/host/sweep";
import { folders } from "../../../support/dialler/journals";
import { token } from "../../../support/dialler/token";

/** An invented contact of whom there is everything. */
const withAll = Array.from({ length: 400 }, (_, index) => index).findIndex((index) => {
  const { Name, PhoneNumber1, Email, AccountIBAN } = demoContact(index, 1);
  return [PhoneNumber1, Email, AccountIBAN].every(Boolean) && /^[A-Z][a-z]{4,}$/.test(String(Name));
});

describe("the sweep of what windows leave behind", () => {
  const folder = folders();

  it("knows a token in every spelling, wherever it begins in base64", () => {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const everyByte = [...Buffer.from(token)].map((byte) => `%${byte.toString(16)}`).join("");
    for (const [text, kind] of [
      [`<<${token}>>`, "a token"],
      [base64(token), "a token in base64"],
      [base64(`Bearer ${token}`), "a token in base64"],
      [base64(`Basic x${token}`), "a token in base64"],
      [everyByte, "a token percent-encoded"],
      [everyByte.toUpperCase(), "a token percent-encoded"],
      [Buffer.from(token).toString("hex"), "a token in hexadecimal"],
      [Buffer.from(token, "utf16le").toString("latin1"), "a token in UTF-16"],
    ] as const) {
      assert.deepEqual(tokensIn(text), [kind], text);
    }
    assert.deepEqual(tokensIn("a secret, no SECRET and no -secret-"), []);
  });

  it("knows every invented contact by its name, its numbers, its mail and its account", () => {
    const { Name, PhoneNumber1, Email, AccountIBAN } = demoContact(withAll, 1);
    for (const [value, kind] of [
      [Name, "a name"],
      [PhoneNumber1, "a phone number"],
      [Email, "an e-mail address"],
      [AccountIBAN, "an IBAN"],
    ] as const) {
      assert.ok(personsIn(`2026-11-25 22:50:31.383 [info] live ${String(value)} done`).includes(kind), kind);
    }
  });

  it("finds nobody in an ordinary log", () => {
    const log = [
      "2026-11-25 22:50:22.958 [info] The endpoint is live.",
      "2026-11-25 22:50:27.442 [error] live list : Connection refused by 127.0.0.1:33891. Is the server running?",
      "2026-11-25 22:50:31.383 [info] live lock #40101 done HTTP 200 10 ms",
      "2026-11-25 22:50:31.383 [info] Locked 1 of 1 on live: 1 done.",
    ].join("\n");
    assert.deepEqual(personsIn(log), []);
  });

  it("names the file and the kind, never the secret; persons only in the extension's own log", async () => {
    const root = await folder();
    const own = join(root, "logs", "dialler.dialler-contacts");
    await mkdir(own, { recursive: true });
    await writeFile(join(own, "Dialler.log"), `[info] Brandt\n${token}`);
    await writeFile(join(root, "records.json"), `{"Name":"Brandt","Email":"a@b.example"}`);
    await writeFile(join(root, `${token}.txt`), "");
    const found = await sweepFolder(root);
    assert.deepEqual(found.sort(), [
      "The name of a file holds a token.",
      join("logs", "dialler.dialler-contacts", "Dialler.log holds a name."),
      join("logs", "dialler.dialler-contacts", "Dialler.log holds a token."),
    ]);
  });
});
