import assert from "node:assert/strict";
import fc from "fast-check";
import { campaignNameMember, importableMembers } from "../../../../../src/dialler/api/record/importable";
import { headings, phoneHeadings } from "../../../../../src/dialler/text/columns/headings";
import { memberGuess, memberGuesses } from "../../../../../src/dialler/text/columns/memberGuess";

/** The members by heading, without the columns that are not mapped. */
const membersOf = (line: string, delimiter = ","): Record<string, string> => {
  const headers = line.split(delimiter);
  return Object.fromEntries(
    memberGuesses(headers).flatMap((guess, column) =>
      guess === undefined ? [] : [[headers[column] ?? "", guess.member]],
    ),
  );
};
const guessed = (header: string): string | undefined => memberGuess(header)?.member;

describe("memberGuess", () => {
  it("is sure of a member's own name, in upper or lower case", () => {
    for (const member of [...importableMembers.keys(), campaignNameMember, "Custom7"])
      for (const header of [member, member.toLowerCase(), ` ${member.toUpperCase()} `])
        assert.deepEqual(memberGuess(header), { member, sure: true }, header);
  });

  it("guesses the member of a heading in German and English", () => {
    for (const [header, member] of [
      ["Nachname", "Name"],
      ["Last Name", "Name"],
      ["Surname", "Name"],
      ["FAMILY NAME", "Name"],
      ["Full name", "Name"],
      ["Anzeigename", "Name"],
      ["Kontakt", "Name"],
      ["Vorname", "FirstName"],
      ["first_name", "FirstName"],
      ["Given Name", "FirstName"],
      ["Firma", "Company"],
      ["Organization 1 - Name", "Company"],
      ["Account Name", "Company"],
      ["Telefon", "PhoneNumber1"],
      ["Rufnummer", "PhoneNumber1"],
      ["Tel.", "PhoneNumber1"],
      ["Handy-Nr.", "PhoneNumber1"],
      ["Telefon geschäftlich 2", "PhoneNumber1"],
      ["Phone Number 2", "PhoneNumber1"],
      ["Phone 1 - Value", "PhoneNumber1"],
      ["E-Mail", "Email"],
      ["E-Mail-Adresse", "Email"],
      ["Straße", "Address"],
      ["Strasse/Nr.", "Address"],
      ["Business Street", "Address"],
      ["PLZ", "PostalCode"],
      ["ZIP", "PostalCode"],
      ["Postal Code", "PostalCode"],
      ["Ort", "City"],
      ["Land", "Country"],
      ["Land/Region geschäftlich", "Country"],
      ["Bundesland", "Region"],
      ["Anrede", "Salutation"],
      ["Titel", "Title"],
      ["Kundennummer", "UserData"],
      ["Kunden-Nr.", "UserData"],
      ["Customer No", "UserData"],
      ["External ID", "UserData"],
      ["CRM-ID", "UserData"],
      ["Record ID", "UserData"],
      ["user_data", "UserData"],
      ["Bemerkung", "Comment"],
      ["Notes", "Comment"],
      ["Nächster Anruf", "dtNextTry"],
      ["Wiedervorlage", "dtNextTry"],
      ["Next Call", "dtNextTry"],
      ["Kampagne", "DiallerCampaignsName"],
      ["Campaign ID", "DiallerCampaignsID"],
      ["Kampagnen-ID", "DiallerCampaignsID"],
      ["Fax", "FaxNumber"],
      ["Webseite", "Website"],
      ["Iban", "AccountIBAN"],
      ["Bankname", "AccountBank"],
      ["BLZ", "AccountNationalBankCode"],
      ["Kontoinhaber", "AccountOwner"],
      ["Betrag", "Amount"],
    ] as const)
      assert.equal(guessed(header), member, header);
    assert.equal(memberGuess("Nachname")?.sure, false);
    assert.equal(memberGuess("user_data")?.sure, false);
  });

  it("guesses nothing where another person, a key of the dialler or nothing known is meant", () => {
    for (const header of [
      ...["Id", "ID", "id", "contact_id", "contactId", "Kontakt-ID", "DiallerContactsID", "Dialler ID"],
      ...["Assistant's Phone", "Pager", "Telex", "Phone 1 - Type", "Phone 1 - Label", "Durchwahl", "Vorwahl"],
      ...[
        "Account Owner",
        "Contact Owner",
        "Job Title",
        "Position",
        "Birthday",
        "Suffix",
        "Callback",
        "bLocked",
      ],
      ...["", " ", "-", "1", "Business", "Spalte 7", "ImportOutcome", "nTriesPhoneNumber1", "constructor"],
    ])
      assert.equal(memberGuess(header), undefined, header);
  });
});

describe("memberGuesses", () => {
  it("gives phone numbers their places in the order of the columns, around those that are named", () => {
    assert.deepEqual(membersOf("Telefon geschäftlich,Mobiltelefon,PhoneNumber2,Telefon privat"), {
      "Telefon geschäftlich": "PhoneNumber1",
      Mobiltelefon: "PhoneNumber3",
      PhoneNumber2: "PhoneNumber2",
      "Telefon privat": "PhoneNumber4",
    });
    const seven = memberGuesses(["Phone", "Tel", "Fon", "Handy", "Mobile", "Cell", "Telefon"]);
    assert.deepEqual(
      seven.map((guess) => guess?.member),
      [1, 2, 3, 4, 5, 6].map((place): string | undefined => `PhoneNumber${place}`).concat(undefined),
    );
  });

  it("takes a full name for the name only where no column has the last name", () => {
    assert.deepEqual(membersOf("Full name,Vorname"), { "Full name": "Name", Vorname: "FirstName" });
    assert.deepEqual(membersOf("Anzeigename,Kontakt,Nachname"), { Nachname: "Name" });
    assert.deepEqual(membersOf("Nachname,Name"), { Name: "Name" });
    assert.deepEqual(membersOf("NAME_LAST,NAME1"), { NAME_LAST: "Name", NAME1: "Company" });
    assert.deepEqual(membersOf("NAME1,Firma"), { NAME1: "Name", Firma: "Company" });
  });

  it("keeps the first of two columns with one name", () => {
    assert.deepEqual(memberGuesses(["Name", "name", "Nachname"]), [
      { member: "Name", sure: true },
      undefined,
      undefined,
    ]);
    assert.deepEqual(memberGuesses(["PhoneNumber1", "phonenumber1"])[1], undefined);
  });

  it("reads the header of a German spreadsheet", () => {
    assert.deepEqual(membersOf("Kundennummer;Nachname;Vorname;Firma;Telefon;E-Mail;Nächster Anruf", ";"), {
      Kundennummer: "UserData",
      Nachname: "Name",
      Vorname: "FirstName",
      Firma: "Company",
      Telefon: "PhoneNumber1",
      "E-Mail": "Email",
      "Nächster Anruf": "dtNextTry",
    });
  });

  it("reads an export of Outlook, work before home", () => {
    assert.deepEqual(
      membersOf(
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Home Street,Home City,Business Street," +
          "Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region," +
          "Assistant's Phone,Business Fax,Business Phone,Callback,Company Main Phone,Home Fax,Home Phone,Mobile Phone," +
          "Pager,Telex,Account,Birthday,E-mail Address,E-mail Type,E-mail 2 Address,Notes,Web Page",
      ),
      {
        Title: "Title",
        "First Name": "FirstName",
        "Last Name": "Name",
        Company: "Company",
        "Business Street": "Address",
        "Business City": "City",
        "Business State": "Region",
        "Business Postal Code": "PostalCode",
        "Business Country/Region": "Country",
        "Business Fax": "FaxNumber",
        "Business Phone": "PhoneNumber1",
        "Company Main Phone": "PhoneNumber2",
        "Home Phone": "PhoneNumber3",
        "Mobile Phone": "PhoneNumber4",
        "E-mail Address": "Email",
        Notes: "Comment",
        "Web Page": "Website",
      },
    );
    assert.deepEqual(
      membersOf(
        "Anrede,Vorname,Weitere Vornamen,Nachname,Firma,Abteilung,Position,Straße geschäftlich,Ort geschäftlich," +
          "Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat," +
          "Fax geschäftlich,Telefon geschäftlich,Telefon Firma,Mobiltelefon,Weiteres Telefon,Telefon Assistent," +
          "Pager,E-Mail-Adresse,E-Mail-Typ,E-Mail 2: Adresse,Notizen,Webseite",
      ),
      {
        Anrede: "Salutation",
        Vorname: "FirstName",
        Nachname: "Name",
        Firma: "Company",
        "Straße geschäftlich": "Address",
        "Ort geschäftlich": "City",
        "Region geschäftlich": "Region",
        "Postleitzahl geschäftlich": "PostalCode",
        "Land/Region geschäftlich": "Country",
        "Fax geschäftlich": "FaxNumber",
        "Telefon geschäftlich": "PhoneNumber1",
        "Telefon Firma": "PhoneNumber2",
        Mobiltelefon: "PhoneNumber3",
        "Weiteres Telefon": "PhoneNumber4",
        "E-Mail-Adresse": "Email",
        Notizen: "Comment",
        Webseite: "Website",
      },
    );
  });

  it("reads exports of Google Contacts, HubSpot, Salesforce, Pipedrive and SAP", () => {
    assert.deepEqual(
      membersOf(
        "First Name,Last Name,Organization Name,Notes,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label," +
          "Phone 1 - Value,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City," +
          "Address 1 - Postal Code,Address 1 - Country,Website 1 - Value",
      ),
      {
        "First Name": "FirstName",
        "Last Name": "Name",
        "Organization Name": "Company",
        Notes: "Comment",
        "E-mail 1 - Value": "Email",
        "Phone 1 - Value": "PhoneNumber1",
        "Phone 2 - Value": "PhoneNumber2",
        "Address 1 - Street": "Address",
        "Address 1 - City": "City",
        "Address 1 - Postal Code": "PostalCode",
        "Address 1 - Country": "Country",
        "Website 1 - Value": "Website",
      },
    );
    assert.deepEqual(
      membersOf(
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lead Status,Street Address,State/Region,Associated Company",
      ),
      {
        "Record ID": "UserData",
        "First Name": "FirstName",
        "Last Name": "Name",
        Email: "Email",
        "Phone Number": "PhoneNumber1",
        "Mobile Phone Number": "PhoneNumber2",
        "Street Address": "Address",
        "State/Region": "Region",
        "Associated Company": "Company",
      },
    );
    assert.deepEqual(
      membersOf(
        "Contact ID,Salutation,LastName,Account Name,Mailing Street,Mailing Zip/Postal Code,Mailing State/Province,Phone,MobilePhone,Other Street",
      ),
      {
        Salutation: "Salutation",
        LastName: "Name",
        "Account Name": "Company",
        "Mailing Street": "Address",
        "Mailing Zip/Postal Code": "PostalCode",
        "Mailing State/Province": "Region",
        Phone: "PhoneNumber1",
        MobilePhone: "PhoneNumber2",
      },
    );
    assert.deepEqual(
      membersOf(
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Phone - Work,Person - Phone - Mobile,Person - Owner",
      ),
      {
        "Person - ID": "UserData",
        "Person - Name": "Name",
        "Person - Organization": "Company",
        "Person - Email - Work": "Email",
        "Person - Phone - Work": "PhoneNumber1",
        "Person - Phone - Mobile": "PhoneNumber2",
      },
    );
    assert.deepEqual(membersOf("KUNNR;NAME1;STRAS;PSTLZ;ORT01;LAND1;TELF1;TELF2;TELFX;SMTP_ADDR", ";"), {
      KUNNR: "UserData",
      NAME1: "Name",
      STRAS: "Address",
      PSTLZ: "PostalCode",
      ORT01: "City",
      LAND1: "Country",
      TELF1: "PhoneNumber1",
      TELF2: "PhoneNumber2",
      TELFX: "FaxNumber",
      SMTP_ADDR: "Email",
    });
  });

  it("never gives one member to two columns, keeps the order, and is sure of own names in any company", () => {
    const known = [...[...headings.values()].flat(), ...phoneHeadings];
    const own = [...importableMembers.keys()];
    const header = fc.oneof(
      fc.constantFrom(...known),
      fc.constantFrom(...own),
      fc.constantFrom("Id", "x", "", "__proto__"),
    );
    fc.assert(
      fc.property(fc.array(header, { maxLength: 40 }), (headers) => {
        const guesses = memberGuesses(headers);
        assert.equal(guesses.length, headers.length);
        const members = guesses.flatMap((guess) => (guess === undefined ? [] : [guess.member]));
        assert.equal(new Set(members).size, members.length);
        for (const member of own.filter((name) => headers.includes(name)))
          assert.deepEqual(guesses[headers.indexOf(member)], { member, sure: true });
        const phones = guesses.flatMap((guess) =>
          guess?.sure === false && guess.member.startsWith("PhoneNumber") ? [guess.member] : [],
        );
        assert.deepEqual(phones, [...phones].sort());
      }),
    );
  });
});
