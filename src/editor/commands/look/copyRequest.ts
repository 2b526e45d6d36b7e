import type { DescribedRequest } from "../../../dialler/api/calls";
import type { Endpoint } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { curlText, httpText, powerShellText } from "../../view/document/requestText";
import { namedFrom, whoText } from "../../shown/who";
import { chosenContacts } from "../call/chosen";
import { copyToClipboard } from "./copyContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** The request that reads a contact as a curl command; several contacts give one command each. */
export async function copyAsCurl(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyRequests(parts, l10n.t("Copy as curl"), args, (requests, endpoint) =>
    requests
      .map((request) => `${curlText(request, endpoint.kind === "server" ? endpoint.caFile : undefined)}\n`)
      .join(""),
  );
}

/** The same as PowerShell commands. */
export async function copyAsPowerShell(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyRequests(parts, l10n.t("Copy as PowerShell"), args, (requests) =>
    requests.map((request) => `${powerShellText(request)}\n`).join(""),
  );
}

/** The same as text of an .http file. */
export async function copyAsHttp(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyRequests(parts, l10n.t("Copy as .http"), args, httpText);
}

async function copyRequests(
  parts: Parts,
  title: string,
  args: readonly unknown[],
  textOf: (requests: readonly DescribedRequest[], endpoint: Endpoint) => string,
): Promise<void> {
  const chosen = await chosenContacts(parts, title, args);
  if (chosen === undefined) return;
  const { client, endpoint } = chosen.connection;
  const requests = chosen.contacts.flatMap(({ id }) => (id === undefined ? [] : [client.readRequest(id)]));
  if (requests.length === 0)
    throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  const named = namedFrom(chosen.contacts.filter(({ id }) => id !== undefined));
  const sentence =
    requests.length === 1
      ? l10n.t("Copied the request that reads {who}.", { who: whoText(named) })
      : l10n.t("Copied {count} requests that read {who}.", {
          count: l10n.number(requests.length),
          who: whoText(named, "count"),
        });
  await copyToClipboard(parts, textOf(requests, endpoint), sentence);
}
