import type { WireContact, WireRecord } from "../api/record/wire";

type Oddity = Partial<WireContact> & WireRecord;

/** The contact in the API documentation. */
const documentedContact: Oddity = {
  Name: "Brandt",
  FirstName: "Ida",
  Salutation: "Frau",
  Title: null,
  Company: "Nordlicht Optik GmbH",
  PostalCode: "24103",
  City: "Kiel",
  Country: "DE",
  PhoneNumber1: "494315550117",
  PhoneNumber2: null,
  Email: "ida.brandt@example.com",
  ExternalSystemLink: "https://crm.example.com/c/417",
  Amount: 0,
  Tag: "spring",
  dtNextTry: null,
  nTriesPhoneNumber1: 2,
  bPhoneNumber1Invalid: null,
  nPhoneNumber1LastCause: 17,
  bLastResultMailbox: null,
  bLocked: false,
};

/** Contacts that share a key with an earlier one: two pairs and a triple among the first 121. */
const sharedKeys: ReadonlyMap<number, number> = new Map([
  [9, 3],
  [14, 5],
  [23, 5],
  [120, 60],
]);

/** Keys that are easily damaged: by a URL, by trimming, by case folding. */
const oddKeys: ReadonlyMap<number, string> = new Map([
  [17, "a+b &c=d#é/%ü'(!)"],
  [33, "crm-000419"],
  [34, "CRM-000421 "],
  [35, "Käufer/2024-0017"],
  [36, "客户-00045"],
  [38, "00417"],
  [41, "K".repeat(64)],
  [42, "__proto__"],
  [44, "%2e%2e"],
]);

/** What a careless or hostile import may leave in a real database. */
const oddMembers: ReadonlyMap<number, Oddity> = new Map<number, Oddity>([
  [0, documentedContact],
  [27, { Name: "[x](command:workbench.action.quit)" }],
  [45, { Name: "$(trash) A" }],
  [58, { Name: "Weber\n2026-01-01 00:00:00 [info] deleted 99" }],
  [66, { Name: '=HYPERLINK("https://example.com/?"&A1,"Open")', Company: "@SUM(1+1)" }],
  [73, { FirstName: "-1+1", Tag: "\tTab", ReferenceNumber: "+49" }],
  [79, { Name: "Anna\u202egnp.exe" }],
  [88, { Name: "Me\u200bier\u2060", FirstName: "Ju\u00adlia" }],
  [
    97,
    { Name: "\u001b[31mRot\u001b[0m", Comment: "\u001b]8;;https://example.com\u0007hier\u001b]8;;\u0007" },
  ],
  [104, { Name: "<img src=x>", Comment: "![](https://example.com/pixel.png) <img src=x>" }],
  [112, { Name: "__proto__", FirstName: "constructor" }],
  [
    131,
    {
      Name: "",
      FirstName: null,
      Company: null,
      City: null,
      PhoneNumber1: null,
      PhoneNumber2: null,
      PhoneNumber3: null,
    },
  ],
  [140, { Comment: "Lange Notiz. ".repeat(900) }],
  [
    150,
    { Name: "Müller-Lüdenscheidt-Großmann-von-und-zu-Hohenstein-Weißenfels-XY", Company: "W".repeat(64) },
  ],
  [160, { Name: "👩‍👩‍👧 Sommer" }],
  [170, { Comment: "Erste Zeile\u2028zweite\r\ndritte" }],
  [180, { ExternalSystemLink: "javascript:alert(1)" }],
  [190, { ExternalSystemLink: "https://user:pw@crm.example.com/" }],
  [200, { PhoneNumber1: "tel:*21*4930231250", PhoneNumber2: "n/a" }],
]);

/** The names that are not a country's surnames, by contact number. */
export const oddNames: ReadonlyMap<number, string> = new Map(
  [...oddMembers].flatMap(([index, { Name }]) => (Name === undefined ? [] : [[index, Name] as const])),
);

/** Whether a contact belongs to the campaign of odd data. The documented contact is an ordinary person. */
export function isOdd(index: number): boolean {
  return oddKeys.has(index) || (index > 0 && oddMembers.has(index));
}

export function oddMembersAt(index: number): Oddity | undefined {
  return oddMembers.get(index);
}

/** The key in the customer's CRM. It is not unique, and one contact in sixteen has none. */
export function demoUserData(index: number): string | null {
  const odd = oddKeys.get(index);
  if (odd !== undefined) return odd;
  const sharing = sharedKeys.get(index) ?? (index >= 1000 && index % 500 === 0 ? index - 1 : index);
  return sharing % 16 === 11 ? null : `CRM-${String(sharing + 417).padStart(6, "0")}`;
}
