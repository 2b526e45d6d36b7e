import assert from "node:assert/strict";
import fc from "fast-check";
import iconv from "iconv-lite";
import { decoded, type Encoding } from "../../../../../src/dialler/text/encoding/decode";

const encodings: readonly Encoding[] = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "macintosh",
  "cp850",
];

/** Invented people and places of one language each. */
const names: Readonly<Record<string, readonly string[]>> = {
  german: words(`Müllner Köhlau Weißbach Jägerle Schröter Übelacker Österlein Änneke Großkopf Straußer Bünzlin
    Rößling Kühnert Hübschmann Grüneis Böttle Fürstner Nägeli Zürcher Käslin Bärwolf Löwental Süßkind Höllrigl
    Schäuble Bäumler Preuß Ruß Zöllich Gößl Dürrnagel Räder Mößner Tröger Völk Wüst Gündel Fährmann Öhri Ägerter
    Berger Kurz Lindau Harms MÜHLAU BÖCKEL JÖRGENS`),
  polish:
    words(`Dębowicz Ziębała Łukasik Wiśnicki Woźnica Kaczyniak Śledziak Żurawik Źrebak Ćwiklak Gałązka Kołodziń
    Brzęczak Małżek Piątczak Wójtas Górniak Zieliń Świętak Łącki Chrząstek Królak Sośniak Jabłoń Pięta Kądziel
    Bąkowy Grześk Jóźwik Słomka Gołąb Wąsal Źdźbło Maćkow Łoś Jaśk Nowak Kowal Lis Bielak ŁĘCKI RÓŻAN DĄBEK`),
  czech:
    words(`Dvořan Růžek Jiřička Novotník Černík Šebor Žďárek Kučík Věžník Němčík Hájků Tůmek Říhák Ďurík Vaňkát
    Šťastník Křížal Bláhů Kadeřáb Lněný Pěček Chlubný Sýkor Ježkov Ptáčník Vondrů Řezáč Mládek Zdeňk Žižkal Ošťád
    Kopec Horak Blaha Marek ČERMÍK DVOŘÁČ`),
  french:
    words(`Lefèbre Bénoist Hélène Gérardin Noëlle Maîtret Zoéline Anaïse Sébaste Côtelin Chloée Crépel Françal
    Évrault Guérinet Jérômet Étiennet Genevièt Loïcard Raphaëlle Prévostin Châtelet Forêtier Cœuret Rivièret Brûlet
    Fougèret Pélisson Nîmois Théodon Gaëtane Bérengère Ménard Hervé Dupont Martin FRANÇON ANDRÉ`),
  danish:
    words(`Sørensby Kjærulv Østerby Ågesen Bækholm Møllegård Nørreby Ærøby Gråsten Håkonsen Løvdal Skovgård
    Brøndum Sjælvig Rødkær Tårnholt Ødum Lærke Jørnsen Bjørnø Højbjerg Vråby Åkjær Fønsbæk Hansen Madsen SØNDERBO`),
};

const row = (name: string, index: number) => `71;CRM-${index};${name};+49 30 ${1000 + index};\r\n`;
const tableOf = (people: readonly string[]) => `Campaign;UserData;Name;Phone;\r\n${people.map(row).join("")}`;
const languages = Object.keys(names);
const people = (language: string, most: number) =>
  fc.array(fc.constantFrom(...(names[language] ?? [])), { minLength: 1, maxLength: most });

function words(text: string): string[] {
  return text.split(/\s+/);
}

/** The bytes of a text; undefined where the encoding lacks one of its letters. */
function bytesOf(text: string, encoding: Encoding): Uint8Array | undefined {
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}

/** Fails if a line reads otherwise than in the original and is not named. */
function assertNoThirdThing(bytes: Uint8Array, original: string, touched = Infinity): boolean {
  const result = decoded(bytes);
  if (result.kind === "undecided") return false;
  const lines = result.text.split(/\r\n|\r|\n/);
  original.split("\r\n").forEach((line, index) => {
    if (result.spoiled.includes(index + 1) || index + 1 >= touched) return;
    assert.equal(lines[index], line, `line ${index + 1} as ${result.encoding} (${result.why})`);
  });
  return true;
}

describe("decoded, of any table", function () {
  this.timeout(60_000);

  for (const encoding of encodings)
    it(`reads names in ${encoding} exactly or leaves them undecided`, () => {
      const tables = fc.constantFrom(...languages).chain((language) => people(language, 50));
      fc.assert(
        fc.property(tables, (chosen) => {
          const text = tableOf(chosen);
          const bytes = bytesOf(text, encoding);
          if (bytes === undefined) return;
          const isDecided = assertNoThirdThing(bytes, text);
          assert.ok(isDecided || !encoding.startsWith("utf"), "a Unicode text is always decided");
        }),
        { numRuns: 200 },
      );
    });

  for (const encoding of encodings)
    it(`decides for long lists of German names in ${encoding}`, () => {
      const text = tableOf(names.german ?? []);
      assert.ok(assertNoThirdThing(bytesOf(text, encoding) ?? new Uint8Array(), text));
    });

  it("reads each other line of a Unicode text that is cut at any byte", () => {
    for (const language of languages)
      for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const) {
        const text = tableOf((names[language] ?? []).slice(0, 8));
        const bytes = bytesOf(text, encoding) ?? new Uint8Array();
        for (let end = 0; end <= bytes.length; end++) {
          const cut = bytes.subarray(0, end);
          // The line that is cut reads as its beginning, which is right as far as it goes.
          const whole = iconv.decode(Buffer.from(cut), encoding).split(/\r\n|\r|\n/).length;
          assertNoThirdThing(cut, text, whole);
        }
      }
  });

  it("spoils only its own line, wherever a byte of UTF-8 is replaced by one that cannot be", () => {
    for (const language of languages) {
      const text = tableOf((names[language] ?? []).slice(0, 8));
      const bytes = bytesOf(text, "utf-8") ?? new Uint8Array();
      for (let place = 0; place < bytes.length; place++)
        for (const wrong of [0xff, 0xc0]) {
          if (bytes[place] === 0x0d || bytes[place] === 0x0a) continue;
          const spoilt = Uint8Array.from(bytes);
          spoilt[place] = wrong;
          const line = Buffer.from(bytes.subarray(0, place)).toString("latin1").split("\r\n").length;
          const result = decoded(spoilt);
          const spoiled = result.kind === "decoded" ? result.spoiled : "undecided";
          assert.deepEqual(spoiled, [line], `${language} at ${place}`);
          assertNoThirdThing(spoilt, text);
        }
    }
  });
});
