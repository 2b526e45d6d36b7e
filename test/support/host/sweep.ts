import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { demoContact } from "../../../src/dialler/demo/demoContacts";

/** Every token that a test gives to the extension has this in it, and nothing else has. */
const mark = "-SECRET-";

/** Every spelling in which the mark can lie somewhere, with a word for it. */
const spellings: readonly (readonly [kind: string, needle: string])[] = [
  ["a token", mark],
  ...[0, 1, 2].map((shift) => ["a token in base64", base64Core(mark, shift)] as const),
  ["a token percent-encoded", percentEncoded(mark)],
  ["a token percent-encoded", percentEncoded(mark).toLowerCase()],
  ["a token in hexadecimal", Buffer.from(mark).toString("hex")],
  ["a token in UTF-16", Buffer.from(mark, "utf16le").toString("latin1")],
];

/** What kinds of spelled tokens a text holds. */
export function tokensIn(text: string): string[] {
  return [...new Set(spellings.flatMap(([kind, needle]) => (text.includes(needle) ? [kind] : [])))];
}

/** The characters of the base64 of any text with `word` at a place that `shift` tells, that come from the word alone. */
function base64Core(word: string, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]);
  const whole = Math.floor((text.length * 8) / 6);
  return text.toString("base64").slice(Math.ceil((shift * 8) / 6), whole);
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** Surnames of the invented contacts that are no words of a log. */
const surnames = [
  ...new Set(Array.from({ length: 400 }, (_, index) => String(demoContact(index, 1).Name))),
].filter((name) => /^\p{Lu}\p{L}{4,}$/u.test(name));

const persons: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["an e-mail address", /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  ["an IBAN", /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/],
  ["a phone number", /(?<![\d.-])\+?\d{10,15}(?![\d.-])/],
  ["a name", new RegExp(`(?<!\\p{L})(?:${surnames.join("|")})(?!\\p{L})`, "u")],
];

/** What kinds of personal data a text holds. */
export function personsIn(text: string): string[] {
  return persons.flatMap(([kind, pattern]) => (pattern.test(text) ? [kind] : []));
}

/** The extension's own log; at the level that VS Code sets it tells of IDs and outcomes. */
const ownLog = /dialler\.dialler-contacts[/\\][^/\\]*\.log$/;

/**
 * Looks through everything that windows left below a profile's folder: a sentence for each file that holds what must
 * be in no file. There is no exception: the one place of a token is VS Code's secret storage, which is encrypted on the
 * desktop and lies in the memory of a server.
 */
export async function sweepFolder(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(folder)) {
    const text = await readFile(path, "latin1").catch(() => "");
    const inName = tokensIn(path);
    const kinds = [...inName, ...tokensIn(text)];
    if (ownLog.test(path)) kinds.push(...personsIn(Buffer.from(text, "latin1").toString("utf8")));
    const where = inName.length > 0 ? "The name of a file" : path.slice(folder.length + 1);
    found.push(...kinds.map((kind) => `${where} holds ${kind}.`));
  }
  return found;
}

/** Files and folders of a window that was just ended may vanish meanwhile; those are in no place any more. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/**
 * The same for what a window shows and for what its page keeps: state, and the clipboard. A place that cannot be
 * read is reported too; a closed page has nothing to show.
 */
export async function sweepPage(page: Page): Promise<string[]> {
  if (page.isClosed()) return [];
  const given = new AbortController();
  const tooLate = wait(pageLimitMs, undefined, { signal: given.signal }).catch(() => undefined);
  const kept = await Promise.race([
    page.evaluate<[place: string, text: string | null][]>(keptByPage).catch(() => undefined),
    tooLate,
  ]);
  given.abort();
  if (kept === undefined) return page.isClosed() ? [] : ["The window could not be looked through."];
  return kept.flatMap(([place, text]) =>
    text === null
      ? [`${place} could not be looked into.`]
      : tokensIn(text).map((kind) => `${place} holds ${kind}.`),
  );
}

const pageLimitMs = 15_000;

// As text, because it runs in the page and knows nothing of here.
const keptByPage = `(async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  const text = (value) => value instanceof Uint8Array ? new TextDecoder().decode(value)
    : typeof value === "string" ? value : JSON.stringify(value) ?? "";
  const kept = [["The window", document.body.innerText]];
  const look = async (place, into) => kept.push([place, await into().catch(() => null)]);
  window.focus();
  await look("The clipboard", () => navigator.clipboard.readText());
  for (const [name, value] of Object.entries(localStorage)) kept.push(["The local storage " + name, value]);
  for (const { name } of await indexedDB.databases()) {
    await look("The database " + name, async () => {
      const database = await asked(indexedDB.open(name));
      const texts = [];
      for (const store of database.objectStoreNames) {
        const values = await asked(database.transaction(store).objectStore(store).getAll());
        texts.push(...values.map(text));
      }
      database.close();
      return texts.join("\\n");
    });
  }
  return kept;
})()`;
