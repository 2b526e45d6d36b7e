import { phonePlaces } from "../../api/record/contact";

/**
 * How other programs and people head the column of a member, in German and English, the best first: by hand, and in exports
 * of Outlook, Google Contacts, HubSpot, Salesforce, Pipedrive and SAP. A column with a better heading keeps the others away,
 * so that `Full Name` is the name only where no column has the last name.
 */
export const headings: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name:
      "Name; Nachname; Last Name; Surname; Family Name; Familienname; Zuname; Person - Last name; NAME_LAST; " +
      "Full Name; Vollständiger Name; Voller Name; Anzeigename; Display Name; Contact Name; Person - Name; Kontaktname; " +
      "Kontakt; Contact; Kunde; Kundenname; Customer; Customer Name; Ansprechpartner; Ansprechperson; NAME1",
    FirstName: "First Name; Vorname; Given Name; Forename; Rufname; Person - First name; NAME_FIRST",
    Salutation: "Salutation; Anrede; Briefanrede; ANRED; Anredeschlüssel",
    Title: "Title; Titel; Akademischer Titel; Academic Title; Name Prefix; Namenspräfix; Prefix",
    Company:
      "Company; Firma; Company Name; Firmenname; Organization Name; Organisation Name; Organization 1 - Name; " +
      "Organization; Organisation; Unternehmen; Unternehmensname; Account Name; Associated Company; " +
      "Person - Organization; Firma 1; Business Partner Name; NAME_ORG1; NAME1",
    Address:
      "Address; Straße; Street; Street Address; Anschrift; Adresse; Straße und Hausnummer; Straße Hausnummer; " +
      "Straße Nr; Straße und Nr; Str; Address Line 1; Address Line; STRAS; Adresszeile 1; Address Street",
    PostalCode:
      "Postal Code; PLZ; Postleitzahl; ZIP; ZIP Code; Zip/Postal Code; Postcode; PSTLZ; POST_CODE1; " +
      "Address Postal Code",
    City: "City; Ort; Stadt; Wohnort; Town; Address City; ORT01; CITY1; City/Town",
    Region:
      "Region; Bundesland; State; State/Province; State/Region; Province; Kanton; County; REGIO; Address Region",
    Country: "Country; Land; Land/Region; Country/Region; Staat; Address Country; LAND1",
    FaxNumber: "Fax Number; Fax; Faxnummer; Telefax; Telefaxnummer; Fax Nr; TELFX",
    Email:
      "Email; Mail; E-Mail-Adresse; E-mail Address; Mailadresse; E-mail Value; " +
      "Person - Email; SMTP_ADDR",
    Website:
      "Website; Webseite; Website URL; Web Page; Homepage; Internetseite; Internet; Website Value; URL; WWW",
    Comment:
      "Comment; Bemerkung; Bemerkungen; Notes; Note; Notiz; Notizen; Kommentar; Kommentare; Comments; Remark; " +
      "Remarks; Anmerkung; Anmerkungen; Description; Beschreibung; Hinweis",
    UserData:
      "UserData; External ID; Externe ID; External Key; Externe Kennung; CRM-ID; CRM-Nummer; CRM Key; CRM Number; " +
      "Kundennummer; Kundennr; Kd-Nr; Kunden-ID; Customer No; Customer Number; Customer ID; Debitor; " +
      "Debitorennummer; Debitorennr; KUNNR; Geschäftspartner; Business Partner; Partnernummer; PARTNER; " +
      "Mitgliedsnummer; Member Number; Record ID; Datensatz-ID; Lead ID; Person - ID; Account ID",
    DiallerCampaignsID:
      "Campaign ID; Campaigns ID; Kampagnen-ID; Kampagne ID; Kampagnennummer; Dialler Campaigns ID",
    DiallerCampaignsName: "Campaign Name; Kampagne; Campaign; Kampagnenname; Dialler Campaigns Name",
    dtNextTry:
      "Next Try; Nächster Anruf; Nächster Versuch; Wiedervorlage; Wiedervorlagedatum; Wiedervorlage am; Rückruf; " +
      "Rückruf am; Rückruftermin; Next Call; Next Call Date; Next Call Time; Next Attempt; Call Back On; " +
      "Callback Date; Callback Time; Follow-up; Follow-up Date; Next Activity Date",
    Client: "Client; Mandant; Auftraggeber",
    Service: "Service; Dienst; Dienstleistung",
    ReferenceNumber:
      "Reference Number; Referenznummer; Reference No; Reference; Referenz; Aktenzeichen; Vertragsnummer",
    Model: "Model; Modell",
    Tag: "Tag; Tags; Schlagwort; Schlagwörter; Stichwort; Stichwörter",
    ExternalSystemLink: "External System Link; CRM-Link; CRM-URL; Record Link; Record URL; Link",
    // "Account Owner" is the sales representative in Salesforce, "Account" a company or a login.
    AccountOwner: "Kontoinhaber; Account Holder; Bank Account Holder; KOINH",
    AccountBank: "Account Bank; Bank; Bankname; Kreditinstitut; Geldinstitut; BANKA",
    AccountNationalBankCode: "National Bank Code; BLZ; Bankleitzahl; Sort Code; Bank Code; BANKL",
    AccountBIC: "BIC; SWIFT; BIC/SWIFT; SWIFT/BIC; SWIFT-Code; BIC Code",
    AccountNumber: "Kontonummer; Konto-Nr; Kto-Nr; Kto; Bank Account Number; Account Number; BANKN",
    AccountIBAN: "IBAN; IBAN-Nummer; Account IBAN",
    Amount: "Amount; Betrag; Summe; Forderung; Forderungsbetrag; Offener Betrag; Rechnungsbetrag; Amount Due",
  }).map(([member, text]) => [member, text.split("; ")]),
);

/** Members that a file may have several times, for work and home: `Business Street`, `Straße privat`, `E-mail 2 Address`. */
export const placedMembers: ReadonlySet<string> = new Set([
  ...["Address", "PostalCode", "City", "Region", "Country", "FaxNumber", "Email", "Website"],
]);

/** Which of several comes first. */
export const places: readonly (readonly string[])[] = [
  ["business", "work", "geschäftlich", "dienstlich", "Büro"],
  ["person", "mailing", "primary", "main", "Haupt", "contact", "company", "Firma"],
  ["billing", "shipping", "home", "privat", "private", "personal"],
  ["other", "weiteres", "weitere", "weiterer", "second", "secondary"],
];

/** What a column with phone numbers is called. Not a pager, a telex, an assistant, and not the kind of a number. */
export const phoneHeadings: readonly string[] = [
  ...[
    "Phone",
    "Phone Number",
    "Phone No",
    "Telephone",
    "Telephone Number",
    "Tel",
    "Tel Nr",
    "Telefon",
    "Telefonnummer",
  ],
  ...["Telefon Nr", "Fon", "Rufnummer", "Ruf-Nr", "Festnetz", "Festnetznummer", "Haupttelefon", "Zentrale"],
  ...[
    "Mobile",
    "Mobile Phone",
    "Mobile Number",
    "Mobile Phone Number",
    "Mobil",
    "Mobiltelefon",
    "Mobilnummer",
  ],
  ...[
    "Mobilfunk",
    "Mobilfunknummer",
    "Handy",
    "Handynummer",
    "Handy Nr",
    "Cell",
    "Cell Phone",
    "Cellphone",
    "Cell Number",
  ],
  ...[
    "Phone Value",
    "Phone Mobile",
    "Telefon Mobil",
    "Landline",
    "Car Phone",
    "Autotelefon",
    "Geschäftstelefon",
  ],
  ...[
    "Diensttelefon",
    "Firmentelefon",
    "Privattelefon",
    "TELF",
    "TEL_NUMBER",
    "MOB_NUMBER",
    "Nummer Telefon",
  ],
];

export const phoneMembers: readonly string[] = phonePlaces.map((place) => `PhoneNumber${place}`);
