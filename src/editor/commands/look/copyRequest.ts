import type { DescribedRequest } from "../../../dialler/api/calls";
import type { Contact } from "../../../dialler/api/record/contact";
import { documentedRead } from "../../../dialler/lookup/readContacts";
import * as l10n from "../../../l10n";
import { curlText, httpText, powerShellText } from "../../view/document/requestText";
import { namedFrom, whoText } from "../../shown/who";
import { withChosen } from "../call/chosen";
import { readDocument } from "../call/documentTarget";
import { copyToClipboard } from "./copyContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** The requests that read contacts. */
interface ReadRequests {
  readonly contacts: readonly Contact[];
  readonly requests: readonly DescribedRequest[];
  readonly caFile: string | undefined;
}

/** The request that reads a contact as a curl command; several contacts give one command each. */
export async function copyAsCurl(parts: Parts, args: readonly unknown[]): Promise<void> {
  await copyRequests(parts, l10n.t("Copy as curl"), args, (requests, caFile) =>
    requests.map((request) => `${curlText(request, caFile)}\n`).join(""),
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
  textOf: (requests: readonly DescribedRequest[], caFile: string | undefined) => string,
): Promise<void> {
  const asked = requestElsewhere(parts, args) ?? (await requestsOfChosen(parts, title, args));
  if (asked === undefined) return;
  const { contacts, requests, caFile } = asked;
  if (requests.length === 0)
    throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  const named = namedFrom(contacts.filter(({ id }) => id !== undefined));
  const sentence =
    requests.length === 1
      ? l10n.t("Copied the request that reads {who}.", { who: whoText(named) })
      : l10n.t("Copied {count} requests that read {who}.", {
          count: l10n.number(requests.length),
          who: whoText(named, "count"),
        });
  await copyToClipboard(parts, textOf(requests, caFile), sentence);
}

async function requestsOfChosen(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<ReadRequests | undefined> {
  return withChosen(parts, title, args, ({ connection, contacts }) => {
    const { client, endpoint } = connection;
    const requests = contacts.flatMap(({ id }) => (id === undefined ? [] : [client.readRequest(id)]));
    const caFile = endpoint.kind === "server" ? endpoint.caFile : undefined;
    return Promise.resolve({ contacts, requests, caFile });
  });
}

/** For the record of an endpoint that is not active: the documented request, because it needs no connection. */
function requestElsewhere(parts: Parts, args: readonly unknown[]): ReadRequests | undefined {
  const read = readDocument(parts, args);
  const { state } = parts.follow;
  if (read === undefined || (state.kind === "connected" && state.connection.baseUrl === read.key.baseUrl))
    return undefined;
  const { baseUrl, id } = read.key;
  const caFile = parts.endpoints.servers.find((server) => server.baseUrl === baseUrl)?.caFile;
  return { contacts: [read.contact], requests: [documentedRead(baseUrl, id)], caFile };
}
