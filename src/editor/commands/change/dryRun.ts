import type { Change } from "../../../dialler/api/changeRules";
import type { Connection } from "../../../dialler/endpoint/connect";
import { contactActions } from "../../../dialler/runs/contactAction";
import type { PlannedEntry } from "../../../dialler/runs/plan";
import { batchSize } from "../../../dialler/lookup/readContacts";
import * as l10n from "../../../l10n";
import { plainLine } from "../../shown/plainText";

/** The exact requests of a run in their order, without the token, for a person to check. Nothing is sent. */
export function dryRunText(
  change: Change,
  contacts: readonly PlannedEntry[],
  { client }: Pick<Connection, "client">,
): string {
  const lines: string[] = [];
  contacts.forEach(({ id }, index) => {
    if (contactActions[change].keepsRecord && index % batchSize === 0) {
      const ids = contacts.slice(index, index + batchSize).map((item) => item.id);
      const { method, url, body } = client.batchReadRequest(ids);
      lines.push(`${method} ${url}`, `  ${JSON.stringify(body)}`);
    }
    const { method, url } = client.requestOf(change, { id });
    lines.push(`${method} ${url}`);
  });
  const heading = l10n.t("Dry run: these requests would be sent. Nothing was sent.");
  return `${[heading, "", ...lines.map(plainLine)].join("\n")}\n`;
}
