import type { DescribedRequest } from "../../../dialler/api/calls";
import type { Change } from "../../../dialler/api/changeRules";
import type { Contact } from "../../../dialler/api/record/contact";
import { documentedChange, documentedRead } from "../../../dialler/lookup/documentedRequests";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { curlText, httpText, powerShellText } from "../../view/document/requestText";
import { namedFrom, whoText } from "../../shown/who";
import { withChosen } from "../call/chosen";
import { readDocument } from "../call/documentTarget";
import { copyToClipboard } from "./copyContact";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";
import { pickRequest } from "./pickRequest";

/** The contacts whose requests are copied, and how a request to their server looks. */
interface Asked {
  readonly contacts: readonly Contact[];
  readonly endpoint: string;
  readonly caFile: string | undefined;
  /** Requests that change something are not offered for such an endpoint. */
  readonly readOnly: boolean;
  readRequest(id: number): DescribedRequest;
  changeRequest(change: Change, id: number): DescribedRequest;
}

/** A request about a contact as a curl command; several contacts give one command each. */
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
  const asked = askedElsewhere(parts, args) ?? (await askedOfChosen(parts, title, args));
  if (asked === undefined) return;
  const contacts = asked.contacts.filter(({ id }) => id !== undefined);
  const ids = contacts.map(({ id }) => id).filter((id) => id !== undefined);
  const [first] = ids;
  if (first === undefined) throw new Refusal(l10n.t("The ID of this contact cannot be sent to the server."));
  const change = asked.readOnly
    ? "read"
    : await pickRequest({
        title,
        count: ids.length,
        requestOf: (choice) =>
          choice === "read" ? asked.readRequest(first) : asked.changeRequest(choice, first),
      });
  if (change === undefined) return;
  const requests = ids.map((id) =>
    change === "read" ? asked.readRequest(id) : asked.changeRequest(change, id),
  );
  const sentence =
    change === "read" ? copiedReads(contacts) : copiedChanges(change, contacts, asked.endpoint);
  await copyToClipboard(parts, textOf(requests, asked.caFile), sentence);
}

function copiedReads(contacts: readonly Contact[]): string {
  const named = namedFrom(contacts);
  return contacts.length === 1
    ? l10n.t("Copied the request that reads {who}.", { who: whoText(named) })
    : l10n.t("Copied {count} requests that read {who}.", {
        count: l10n.number(contacts.length),
        who: whoText(named, "count"),
      });
}

/** Says for which endpoint the requests are, because they change something wherever they are pasted. */
function copiedChanges(change: Change, contacts: readonly Contact[], endpoint: string): string {
  const named = namedFrom(contacts);
  const values = { action: contactActions[change].button(1), endpoint: plainText(endpoint, 40) };
  return contacts.length === 1
    ? l10n.t("Copied the request “{action}” for {who} on {endpoint}.", { ...values, who: whoText(named) })
    : l10n.t("Copied {count} requests “{action}” for {who} on {endpoint}.", {
        ...values,
        count: l10n.number(contacts.length),
        who: whoText(named, "count"),
      });
}

async function askedOfChosen(
  parts: Parts,
  title: string,
  args: readonly unknown[],
): Promise<Asked | undefined> {
  return withChosen(parts, title, args, ({ connection, contacts }) => {
    const { client, endpoint } = connection;
    return Promise.resolve({
      contacts,
      endpoint: endpoint.name,
      caFile: endpoint.kind === "server" ? endpoint.caFile : undefined,
      readOnly: endpoint.readOnly,
      readRequest: (id: number) => client.readRequest(id),
      changeRequest: (change: Change, id: number) => client.requestOf(change, { id }),
    });
  });
}

/** For the record of an endpoint that is not active: the documented requests, because they need no connection. */
function askedElsewhere(parts: Parts, args: readonly unknown[]): Asked | undefined {
  const read = readDocument(parts, args);
  const { state } = parts.follow;
  if (read === undefined || (state.kind === "connected" && state.connection.baseUrl === read.key.baseUrl))
    return undefined;
  const { baseUrl, endpoint } = read.key;
  const server = parts.endpoints.servers.find((one) => one.baseUrl === baseUrl);
  return {
    contacts: [read.contact],
    endpoint,
    caFile: server?.caFile,
    // An endpoint that is no longer in the settings may have been read-only.
    readOnly: server?.readOnly ?? true,
    readRequest: (id) => documentedRead(baseUrl, id),
    changeRequest: (change, id) => documentedChange(baseUrl, change, id),
  };
}
