import assert from "node:assert/strict";
import type { ImportItem } from "../../../../../src/dialler/transfer/importPlan";
import { importDryRunText, importPreviewText } from "../../../../../src/editor/commands/ask/importPreview";
import { startSmallDialler } from "../../../../support/dialler/smallDialler";

const item: ImportItem = {
  row: 0,
  line: 2,
  userData: "CRM-1",
  record: {
    UserData: "CRM-1",
    Name: "Brandt ida.brandt@example.com",
    FirstName: "+49 431 5550117",
    DiallerCampaignsID: 71,
    PhoneNumber1: "+494315550117",
    Email: "ida.brandt@example.com",
    AccountIBAN: "DE44500105175407324931",
  },
  before: [],
  overwrite: false,
};
const plan = { fresh: [item], existing: [], aside: [], alike: [] };
const personal = /5550117|ida\.brandt|DE4450/;

describe("the preview and the dry run of an import", () => {
  for (const masked of [false, true])
    it(`show numbers and addresses ${masked ? "masked while the mask is on" : "as the file has them"}`, async () => {
      const dialler = await startSmallDialler(0);
      const connection = await dialler.connect();
      try {
        const place = { endpoint: "test", production: false, masked, campaignName: () => "Spring" };
        const preview = { place, plan, how: "UTF-8" };
        const texts = [importPreviewText(preview), importDryRunText(preview, connection)];
        for (const text of texts) {
          assert.equal(personal.test(text), !masked, text);
          assert.match(text, /CRM-1/);
        }
      } finally {
        connection.dispose();
        await dialler.stop();
      }
    });
});
