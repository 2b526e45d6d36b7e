import assert from "node:assert/strict";
import fc from "fast-check";
import { contactFromRecord } from "../../../../src/dialler/api/record/contact";
import {
  discreetRecord,
  maskedContact,
  maskedEmail,
  maskedNumber,
  maskedText,
} from "../../../../src/editor/shown/mask";

describe("maskedNumber", () => {
  it("keeps the last two digits, whatever stands between them, and says nothing of the length", () => {
    for (const [number, shown] of [
      ["494315550117", "•••17"],
      ["+49 (431) 555-01 17", "•••17"],
      ["0431/555 01 1 7 ext", "•••17"],
      ["٠١٢٣٤٥٦", "•••٥٦"],
    ] as const)
      assert.equal(maskedNumber(number), shown);
  });

  it("keeps nothing of what is short or no number, and leaves an empty text empty", () => {
    for (const number of ["1234", "12", "x", "javascript:alert(1)"])
      assert.equal(maskedNumber(number), "•••");
    assert.equal(maskedNumber(""), "");
  });
});

describe("maskedEmail", () => {
  it("keeps the first letter and the top level domain", () => {
    assert.equal(maskedEmail("ida.brandt@mail.example.com"), "i•••@•••.com");
    assert.equal(maskedEmail("ö@example.de"), "ö•••@•••.de");
    assert.equal(maskedEmail("root@localhost"), "r•••@•••");
  });

  it("keeps nothing of what is no address", () => {
    for (const text of ["ida.brandt", "@example.com", "+494315550117", " "])
      assert.equal(maskedEmail(text), "•••");
    assert.equal(maskedEmail(""), "");
  });

  it("never keeps two neighbouring characters of the local part", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const shown = maskedEmail(email);
        assert.ok(!shown.includes(email.slice(0, 2)), `${email} → ${shown}`);
      }),
    );
  });
});

describe("maskedText", () => {
  it("masks addresses, accounts and numbers wherever they stand", () => {
    for (const [text, shown] of [
      ["bad number +49 431 555 0117 of ida@example.com.", "bad number •••17 of i•••@•••.com."],
      ["(0431) 5550117 is taken", "(•••17 is taken"],
      ["030/1234567", "•••67"],
      ["0049 431 5550117", "•••17"],
      ["duplicate: 494315550117", "duplicate: •••17"],
      ["DE44 5001 0517 5407 3249 31", "•••31"],
      ["DE44500105175407324931", "•••31"],
      ["GET http://h/c?userData=ida%40example.com", "GET http://h/c?userData=i•••@•••.com"],
      ["GET http://h/c?userData=%2B494315550117", "GET http://h/c?userData=•••17"],
      ["GET http://h/c?userData=04315550117", "GET http://h/c?userData=•••17"],
    ] as const)
      assert.equal(maskedText(text), shown);
  });

  it("leaves IDs, times, durations, statuses and addresses of servers alone", () => {
    for (const text of [
      "production delete #40101 done HTTP 200 12345 ms",
      "production delete #4010112345 failed HTTP 500 0 ms",
      "GET http://127.0.0.1:43215/rest/v1.0/7/dialler/contacts/4010112345",
      "2026-11-05 09:15:00.123 and 2026-11-05T09:15:00",
      "Deleted 41 of 100 on production: 41 done, 59 not attempted.",
      "connect ECONNREFUSED 192.168.100.200:443",
      "CRM-000417",
      "Lock 37 Contacts",
    ])
      assert.equal(maskedText(text), text);
  });

  it("takes no longer than a moment for a long text without an end to its words", () => {
    for (const text of [
      "x".repeat(200_000),
      "0 ".repeat(100_000),
      "+1".repeat(100_000),
      "@.".repeat(100_000),
    ])
      assert.equal(typeof maskedText(text), "string");
  }).timeout(2000);
});

describe("maskedContact", () => {
  it("masks what is shown and keeps what tells contacts apart", () => {
    const contact = contactFromRecord({
      ID: 40101,
      Name: "+494315550117",
      Company: "ida@example.com",
      UserData: "0494315550117",
      PhoneNumber1: "494315550117",
      nTriesPhoneNumber1: 2,
      Email: "ida@example.com",
    });
    const shown = maskedContact(contact);
    assert.deepEqual(
      [shown.name, shown.company, shown.email, shown.phoneNumbers[0]?.number, shown.phoneNumbers[0]?.tries],
      ["•••17", "i•••@•••.com", "i•••@•••.com", "•••17", 2],
    );
    assert.deepEqual([shown.id, shown.userData], [40101, "0494315550117"]);
    assert.equal(contact.email, "ida@example.com");
  });
});

describe("discreetRecord", () => {
  const bank = {
    AccountOwner: "Ida Brandt",
    AccountBank: "Nordbank",
    AccountNationalBankCode: "21050170",
    AccountBIC: "NOLADE21KIE",
    AccountNumber: 1234567,
    AccountIBAN: "DE44500105175407324931",
    Amount: 0,
  };

  it("never holds bank data, not even below other members, and still says where there is none", () => {
    const record = { ID: 1, ...bank, More: [{ Deeper: bank }], AccountOwner: null };
    for (const masked of [false, true]) {
      const shown = discreetRecord(record, masked);
      const text = JSON.stringify(shown);
      for (const value of Object.values(bank))
        if (value !== 0) assert.ok(!text.includes(String(value)), `${value} in ${text}`);
      assert.equal(shown.Amount, "•••");
      assert.equal(shown.AccountOwner, null);
    }
  });

  it("holds everything else as it is while the mask is off", () => {
    const record = {
      ID: 1,
      PhoneNumber1: "494315550117",
      Email: "i@example.com",
      n: 3,
      o: { p: [true, null] },
    };
    assert.deepEqual(discreetRecord(record, false), record);
  });

  it("masks numbers and addresses of every depth with the mask on, and leaves what only tells of them", () => {
    const shown = discreetRecord(
      {
        ID: 4010112345,
        UserData: "0494315550117",
        PhoneNumber1: 494315550117,
        PhoneNumber2: null,
        FaxNumber: "12 34",
        nTriesPhoneNumber1: 2,
        PhoneNumber1LastAcdAgentEndReasonsID: 3,
        Email: "ida@example.com",
        Comment: "call +49 431 555 0117",
        dtNextTry: "2026-08-09T02:33:50.347",
        DiallerContactsHistory: [{ StatisticsPartA: { CalledNumber: "494315550117", nDurationSeconds: 95 } }],
      },
      true,
    );
    assert.deepEqual(shown, {
      ID: 4010112345,
      UserData: "0494315550117",
      PhoneNumber1: "•••17",
      PhoneNumber2: null,
      FaxNumber: "•••",
      nTriesPhoneNumber1: 2,
      PhoneNumber1LastAcdAgentEndReasonsID: 3,
      Email: "i•••@•••.com",
      Comment: "call •••17",
      dtNextTry: "2026-08-09T02:33:50.347",
      DiallerContactsHistory: [{ StatisticsPartA: { CalledNumber: "•••17", nDurationSeconds: 95 } }],
    });
  });

  it("keeps a member called __proto__ as a member", () => {
    const record: object = JSON.parse('{"ID":1,"__proto__":{"x":1}}') as object;
    const shown = discreetRecord(record, true);
    assert.deepEqual(Object.keys(shown), ["ID", "__proto__"]);
    assert.equal(Reflect.get({}, "x"), undefined);
  });
});
