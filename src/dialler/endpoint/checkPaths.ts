import * as l10n from "../../l10n";
import { explain } from "../api/explain";
import { barsBatchRead } from "../api/fault";
import { NoSuchContact } from "../api/http/replyErrors";
import type { CheckStep } from "./checkEndpoint";
import type { Connection } from "./connect";

/** Any ID will do: a server that has the path reports that the contact is missing. */
const anyId = 1;

/**
 * Reports which calls the server has, as far as reading can show: the single contact, in one of two spellings, and the
 * batch read. Call it for an endpoint that already answers. Sends two to four reads and changes nothing. Never throws.
 */
export async function checkPaths({ client }: Connection): Promise<CheckStep[]> {
  return [
    await step(l10n.t("Single contact"), async () => {
      try {
        await client.getContact(anyId);
      } catch (error) {
        // A missing contact also shows that the path exists.
        if (!(error instanceof NoSuchContact)) throw error;
      }
      return client.contactPath === 0 ? "dialler/contacts/{id}" : "dialler/contacts/contact/{id}";
    }),
    await step(l10n.t("Batch read"), async () => {
      try {
        await client.readBatch({ ids: [anyId] });
        return l10n.t("offered");
      } catch (error) {
        if (!barsBatchRead(error)) throw error;
        return l10n.t("not offered; contacts are read one by one");
      }
    }),
  ];
}

async function step(name: string, look: () => Promise<string>): Promise<CheckStep> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    return { name, ok: false, detail: explain(error).sentence };
  }
}
