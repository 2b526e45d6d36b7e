import assert from "node:assert/strict";
import fc from "fast-check";
import { explain } from "../../../../src/dialler/api/explain";
import { Refused } from "../../../../src/dialler/api/http/replyErrors";
import { withoutInvisible } from "../../../../src/dialler/api/record/invisible";
import { Secrets } from "../../../../src/dialler/api/secrets";
import { lineText } from "../../../../src/dialler/journal/journalFile";
import { linesOf } from "../../../../src/dialler/runs/resultLine";
import { maskedText } from "../../../../src/editor/shown/mask";
import { plainLine, plainText } from "../../../../src/editor/shown/plainText";
import { entryDescription } from "../../../../src/editor/view/activity/activityTexts";
import { runMarkdown } from "../../../../src/editor/view/activity/runReport";
import { checkMarkdown } from "../../../../src/editor/view/document/checkReport";
import { documentText } from "../../../../src/editor/view/document/recordText";
import { runOf } from "../../../support/dialler/runOf";

/** Everywhere a text of the server goes: what is written or shown there, in the way in which the extension does it. */
const sinks: Readonly<Record<string, (text: string, secrets: Secrets) => string[]>> = {
  log: (text, secrets) => {
    const result = { id: 1, outcome: "failed", reason: text } as const;
    return linesOf("delete", text, [result]).map(({ line }) => secrets.redact(plainLine(line)));
  },
  maskedLog: (text, secrets) => [maskedText(secrets.redact(plainLine(text)))],
  notification: (text, secrets) => {
    const refused = new Refused({ method: "DELETE", url: "https://h/rest/v1.0/7/" }, 400, text);
    return [refused, new TypeError(text)].map((error) => {
      return plainText(secrets.redact(explain(error).sentence), 500);
    });
  },
  activity: (text, secrets) => {
    const speech = { language: "en", redact: (each: string) => secrets.redact(each) };
    const snapshot = runOf([{ result: { outcome: "failed", reason: text } }]);
    return [entryDescription(snapshot, 0, speech), unescaped(speech.redact(runMarkdown(snapshot, speech)))];
  },
  journal: (text, secrets) => [
    lineText({ line: "outcome", item: 0, outcome: "failed", reason: text }, secrets),
    lineText({ line: "intent", item: 0, at: "", record: { Name: text, [text]: [{ [text]: 1 }] } }, secrets),
  ],
  document: (text, secrets) => [
    documentText({ ID: 1, Name: text, [text]: { [text]: text } }, (each) => secrets.redact(each)),
  ],
  endpointCheck: (text, secrets) => {
    const detail = secrets.redact(text);
    const step = { name: "Token", ok: false, detail };
    return [unescaped(secrets.redact(checkMarkdown("e", plainText(detail), [step])))];
  },
};

/** As Markdown shows it. */
function unescaped(markdown: string): string {
  return markdown.replace(/\\([\\`*_[\]<>|~&@:.])/g, "$1");
}

/** Text in JSON as a program reads it, and any text as a person does. */
function asRead(text: string): string {
  const shown = withoutInvisible(text);
  return `${shown}\n${shown.replace(/\\(["\\/])/g, "$1")}`;
}

const token = fc
  .tuple(
    fc.constantFrom("tok", "eyJhbGciOiJIUzI1NiJ9.", "A_b*c~d|e", "k/+=&@", `q"\\'`, "[x](y)$(z)"),
    fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
    fc.uuid(),
  )
  .map((parts) => parts.join(""));

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const spellings: readonly ((token: string) => string)[] = [
  (text) => text,
  (text) => `Bearer ${text}`,
  (text) => `${text} ${text}`,
  base64,
  (text) => base64(`Bearer ${text}`),
  encodeURIComponent,
  (text) => JSON.stringify({ error: text }),
  (text) => `connect https://user:${text}@h/ failed`,
  (text) => `<a href="${encodeURIComponent(base64(text))}">`,
];

/** What does not show, and parts a spelling so that no search for it finds it. */
const between = fc.constantFrom(
  "",
  "",
  "",
  "\u200b",
  "\u202e",
  "\u001b[0m",
  "\0",
  "\u00ad",
  "\u{e0041}",
  "\u2060",
);
const around = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", " ", "\n", '"', "{", "](", "$(", "*", "***", "Authorization: ", "//", "x".repeat(190)),
);

describe("a text of the server", function () {
  this.timeout(60_000);

  for (const [name, sink] of Object.entries(sinks))
    it(`brings no token to the ${name}, however it is spelled, parted and wrapped`, () => {
      fc.assert(
        fc.property(
          token,
          fc.constantFrom(...spellings),
          fc.array(fc.tuple(fc.nat(80), between), { maxLength: 3 }),
          around,
          around,
          (secret, spell, parts, before, behind) => {
            const secrets = new Secrets();
            secrets.add(secret);
            let spelled = spell(secret);
            for (const [place, mark] of parts)
              spelled = spelled.slice(0, place) + mark + spelled.slice(place);
            for (const out of sink(before + spelled + behind, secrets)) {
              const read = asRead(out);
              for (const leaked of [secret, base64(secret), encodeURIComponent(secret)])
                assert.ok(!read.includes(leaked), `${leaked} in ${JSON.stringify(out)}`);
            }
          },
        ),
        { numRuns: 300, interruptAfterTimeLimit: 8000 },
      );
    });
});
