import * as vscode from "vscode";
import { explain } from "../../../dialler/api/explain";
import { canonicalBaseUrl, isLoopback } from "../../../dialler/api/http/url";
import { checkEndpoint } from "../../../dialler/endpoint/checkEndpoint";
import { UnusableEndpoint } from "../../../dialler/endpoint/connect";
import {
  type Environment,
  environments,
  nameFault,
  plainHttpFault,
  type ServerEndpoint,
} from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { nameOf } from "../../settings/endpointSettings";
import { plainText } from "../../shown/plainText";
import { environmentWord } from "../../view/endpointStatus";
import { refuseUntrusted } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { enterToken } from "./enterToken";

const lastStep = 4;

/** Asks for a new endpoint, tests it, saves it and makes it active. Nothing is saved before the end. */
export async function addEndpoint(parts: Parts): Promise<void> {
  refuseUntrusted(parts.isTrusted());
  const name = await enterName(parts);
  if (name === undefined) return;
  const baseUrl = await enterBaseUrl();
  if (baseUrl === undefined) return;
  const environment = await pickEnvironment(baseUrl);
  if (environment === undefined) return;
  const allowHttp = baseUrl.startsWith("http:") && !isLoopback(baseUrl);
  const endpoint: ServerEndpoint = {
    kind: "server",
    name,
    baseUrl,
    environment,
    readOnly: false,
    caFile: undefined,
  };
  const token = await checkedToken(parts, endpoint);
  if (token === undefined) return;
  // The token first: connecting to the new endpoint needs it.
  if (token !== "") await parts.vault.set(baseUrl, token);
  await parts.endpoints.save(name, { baseUrl, environment, ...(allowHttp ? { allowHttp } : {}) });
  await parts.endpoints.activate(name);
  parts.channel.say("info", l10n.t("Endpoint {endpoint} added.", { endpoint: name }));
}

async function enterName(parts: Parts): Promise<string | undefined> {
  const used = new Set(parts.endpoints.all.map(nameOf));
  return vscode.window.showInputBox({
    title: stepTitle(1),
    prompt: l10n.t("A name for the endpoint, as it will be shown in every confirmation"),
    placeHolder: "production",
    ignoreFocusOut: true,
    validateInput: (value) => {
      return (
        nameFault(value) ??
        (used.has(value) ? l10n.t("An endpoint with this name already exists.") : undefined)
      );
    },
  });
}

async function enterBaseUrl(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: stepTitle(2),
    prompt: l10n.t("The base URL, ending with the client number"),
    placeHolder: "https://dialler.example.com/rest/v1.0/7",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const base = canonicalBaseUrl(value);
      return base.ok ? undefined : base.why;
    },
  });
  const base = typed === undefined ? undefined : canonicalBaseUrl(typed);
  return base?.ok === true ? base.url : undefined;
}

async function pickEnvironment(baseUrl: string): Promise<Environment | undefined> {
  // The first item is preselected; a loopback address is hardly ever production.
  const ordered = isLoopback(baseUrl) ? [...environments].reverse() : environments;
  const items = ordered
    .filter((environment) => plainHttpFault(baseUrl, environment, true) === undefined)
    .map((environment) => ({
      label: environmentWord(environment),
      description: environmentHint(environment),
      environment,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title: stepTitle(3),
    placeHolder:
      baseUrl.startsWith("https:") || isLoopback(baseUrl)
        ? l10n.t("What is this endpoint used for?")
        : l10n.t("Over http, the token can be read on its way; such an endpoint is never production."),
    ignoreFocusOut: true,
  });
  return picked?.environment;
}

function environmentHint(environment: Environment): string {
  return environment === "production"
    ? l10n.t("warns in the status bar, asks more often, sends more carefully")
    : "";
}

/** A token that works, or one that the person wants saved anyway; empty: the endpoint is saved without a token. */
async function checkedToken(parts: Parts, endpoint: ServerEndpoint): Promise<string | undefined> {
  for (;;) {
    const token = await enterToken(stepTitle(lastStep), endpoint.name);
    if (token === undefined) return undefined;
    const failure = await tryOut(parts, endpoint, token);
    if (failure === undefined) return token;
    const answer = await parts.ask.afterFailedCheck(parts.secrets.redact(failure));
    if (answer === undefined) return undefined;
    if (answer === "save") return token;
  }
}

/** Why the endpoint cannot be used with the token; undefined when it can. */
async function tryOut(parts: Parts, endpoint: ServerEndpoint, token: string): Promise<string | undefined> {
  const title = l10n.t("Checking {endpoint}", { endpoint: plainText(endpoint.name, 40) });
  return parts.progress.cancellable(title, async (_report, signal) => {
    try {
      const connection = await parts.connector.connect(endpoint, token);
      const { failure } = await checkEndpoint(connection, signal);
      connection.dispose();
      return failure?.explanation.sentence;
    } catch (error) {
      return error instanceof UnusableEndpoint ? error.message : explain(error).sentence;
    }
  });
}

function stepTitle(step: number): string {
  return l10n.t("Add Endpoint ({step}/{last})", { step, last: lastStep });
}
