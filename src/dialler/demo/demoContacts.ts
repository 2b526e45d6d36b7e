import type { WireContact, WireRecord } from "../api/record/wire";
import { contactMembers } from "./contactMembers";
import { callParts } from "./demoCalls";
import type { DemoCountry } from "./demoCountries";
import { countryOf, nameOf } from "./demoNames";
import { Dice } from "./dice";
import { demoUserData, isOdd, oddMembersAt } from "./oddContacts";

export const firstContactId = 40101;

/** The campaigns of the ordinary contacts by share: most are in the first. */
const campaignDraw = [71, 71, 71, 71, 71, 72, 72, 72, 73, 74] as const;
/** Contacts that a careless or hostile import left behind have a campaign of their own. */
const oddCampaign = 75;

/** Invented contacts, the same for the same seed. For a long list, call `demoContact` for one contact at a time. */
export function demoContacts(count = 400, seed = 1): readonly WireRecord[] {
  return Array.from({ length: count }, (_, index) => demoContact(index, seed));
}

/** The contact with ID `firstContactId + index`, with all members of a real one. */
export function demoContact(index: number, seed = 1): WireRecord {
  const dice = new Dice(seed, index);
  return inWireOrder(
    personMembers(index, dice),
    businessMembers(index, dice),
    ...callParts(dice),
    oddMembersAt(index),
  );
}

/**
 * A record with every member of a contact, in the server's order, `null` if no part has a value. Later parts override
 * earlier ones.
 */
export function inWireOrder(...parts: readonly (WireRecord | undefined)[]): WireRecord {
  const record: Record<string, unknown> = { ...blankContact };
  for (const part of parts) {
    if (part === undefined) continue;
    for (const member of Object.keys(part)) {
      if (Object.hasOwn(blankContact, member)) record[member] = part[member];
    }
  }
  return record;
}

/** Parsed instead of assembled, because V8 copies large objects fast only if they were created in one step. */
const blankContact = JSON.parse(
  `{${contactMembers.map((member) => `${JSON.stringify(member)}:null`).join()}}`,
) as WireRecord;

/** Does not create the whole contact. */
export function demoName(index: number, seed: number): string {
  return nameOf(index, new Dice(seed, index));
}

/** Does not create the whole contact. */
export function demoCampaignId(index: number, seed: number): number {
  return campaignOf(index, new Dice(seed, index));
}

function campaignOf(index: number, dice: Dice): number {
  if (isOdd(index)) return oddCampaign;
  return index === 0 ? 71 : dice.pick(campaignDraw, "campaign");
}

function personMembers(index: number, dice: Dice): Partial<WireContact> & WireRecord {
  const country = countryOf(dice);
  const firstName = dice.pick(country.firstNames, "firstName");
  const name = nameOf(index, dice);
  const [postalCode, city] = placeOf(dice.pick(country.cities, "city"));
  const numbered = !dice.happens(2, "no number at all");
  return {
    ID: firstContactId + index,
    DiallerCampaignsID: campaignOf(index, dice),
    UserData: demoUserData(index),
    Name: name,
    FirstName: dice.happens(4, "no first name") ? null : firstName,
    Salutation: dice.happens(60, "salutation")
      ? dice.pick(["Frau", "Herr", "Ms", "Mr"], "which salutation")
      : null,
    Title: dice.happens(5, "title") ? dice.pick(["Dr.", "Prof. Dr.", "Dipl.-Ing."], "which title") : null,
    Address: dice.happens(70, "address") ? `${country.street} ${dice.below(180, "house") + 1}` : null,
    PostalCode: postalCode,
    City: city,
    Country: country.code,
    PhoneNumber1: numbered ? phoneNumber(country, dice, "phone 1") : null,
    PhoneNumber2:
      numbered && dice.happens(35, "second number") ? phoneNumber(country, dice, "phone 2") : null,
    PhoneNumber3: numbered && dice.happens(8, "third number") ? phoneNumber(country, dice, "phone 3") : null,
    FaxNumber: dice.happens(6, "fax") ? phoneNumber(country, dice, "fax number") : null,
    Email: dice.happens(70, "mail") ? mailAddress(firstName, name, index, dice) : null,
  };
}

function businessMembers(index: number, dice: Dice): Partial<WireContact> & WireRecord {
  const country = countryOf(dice);
  const company = `${dice.pick(companyStarts, "company")} ${dice.pick(trades, "trade")} ${country.companyEnd}`;
  const bank = dice.happens(15, "bank");
  const scheme = dice.happens(8, "plain link") ? "http" : "https";
  return {
    Company: dice.happens(75, "in a company") ? company : null,
    Website: dice.happens(12, "website") ? "https://www.example.com" : null,
    Comment: dice.happens(12, "comment") ? dice.pick(comments, "which comment") : null,
    ReferenceNumber: dice.happens(30, "reference")
      ? `R-${100000 + dice.below(900000, "which reference")}`
      : null,
    Model: dice.happens(10, "model") ? dice.pick(["X-200", "Basis", "Komfort plus"], "which model") : null,
    Tag: dice.happens(40, "tag")
      ? dice.pick(["spring", "VIP", "Messe 2026", "ohne Vertrag"], "which tag")
      : null,
    ExternalSystemLink: dice.happens(45, "link") ? `${scheme}://crm.example.com/c/${index + 417}` : null,
    AccountOwner: bank ? nameOf(index, dice) : null,
    AccountBank: bank ? "Musterbank Nord" : null,
    // No real account has the check digits 00.
    AccountIBAN: bank ? `DE00999999990${100000000 + dice.below(900000000, "account")}` : null,
    AccountBIC: bank ? "XMUSDE00XXX" : null,
    Amount: bank ? amountOf(dice) : null,
    RandomSortOrder: dice.below(1_000_000, "sort order"),
    dtImported: `2026-02-${String(dice.below(28, "import day") + 1).padStart(2, "0")}T06:15:00.347`,
  };
}

/** Some importers send amounts as numbers, others as text. */
function amountOf(dice: Dice): number | string {
  const cents = dice.below(200_000, "amount");
  return dice.happens(30, "amount as text") ? (cents / 100).toFixed(2) : cents / 100;
}

/** Splits "SW1A London" or "00-001 Warszawa" into postal code and city. A British code may contain a blank itself. */
function placeOf(text: string): readonly [string, string] {
  const end = /^[0-9]{3} [0-9]{2} |^[A-Z][A-Z0-9]* [0-9][A-Z]+ |^\S+ /.exec(text)?.[0].length ?? 0;
  return [text.slice(0, end).trim(), text.slice(end)];
}

function phoneNumber(country: DemoCountry, dice: Dice, question: string): string {
  const pattern = dice.pick(country.numbers, question);
  const digits = pattern.replace(/#/g, (_, place: number) => String(dice.below(10, `${question} ${place}`)));
  return dice.happens(40, `${question} with plus`) ? `+${digits}` : digits;
}

function mailAddress(firstName: string, name: string, index: number, dice: Dice): string {
  const plain = `${firstName}.${name}`
    .replace(/ß/g, "ss")
    .replace(/ł/g, "l")
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z.]/g, "");
  const local = /^[a-z]+\.[a-z]+$/.test(plain) ? plain : `contact${index}`;
  return `${local}@example.${dice.pick(["com", "org", "net"], "mail host")}`;
}

const companyStarts = [
  "Nordlicht",
  "Südwind",
  "Alpenblick",
  "Morgenrot",
  "Blue Harbour",
  "Łabędź",
  "Étoile",
  "Fjord",
  "Kornblume",
  "Zwölf Eichen",
];
const trades = [
  "Optik",
  "Logistik",
  "Möbel",
  "Café & Co.",
  "Software",
  "Gartenbau",
  "Solar",
  "Druck",
  "Versicherung",
];
const comments = [
  "Ruft selbst zurück.",
  "Bitte nur vormittags anrufen; spricht auch Français.",
  "Asked for an offer in writing, see reference.",
  "Rechnung offen\nzweite Mahnung verschickt",
  "会议后再打电话",
];
