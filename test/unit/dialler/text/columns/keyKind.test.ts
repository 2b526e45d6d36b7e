import assert from "node:assert/strict";
import { keyKind } from "../../../../../src/dialler/text/columns/keyKind";

describe("keyKind", () => {
  it("knows the dialler's own ID", () => {
    for (const header of ["DiallerContactsID", "diallercontactid", "Dialler ID", "dialler_contacts_id"])
      assert.equal(keyKind(header), "diallerId", header);
  });

  it("does not settle whose ID a column holds that is called ID or contact ID", () => {
    for (const header of [
      "Id",
      "ID",
      "id",
      "contact_id",
      "contactId",
      "ContactsID",
      "Kontakt-ID",
      "record id",
      "\ufeffID",
    ])
      assert.equal(keyKind(header), "anyId", header);
  });

  it("knows UserData, however it is joined", () => {
    for (const header of ["UserData", "user data", "USER_DATA", "User-Data", " userdata "])
      assert.equal(keyKind(header), "userData", header);
  });

  it("says nothing of other columns", () => {
    for (const header of [
      "",
      "Name",
      "IDs",
      "Campaign ID",
      "DiallerCampaignsID",
      "Kundennummer",
      "idea",
      "1",
    ])
      assert.equal(keyKind(header), undefined, header);
  });
});
