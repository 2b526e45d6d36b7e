import * as vscode from "vscode";
import type { EndpointReading, ServerEndpoint } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { nameOf } from "../../settings/endpointSettings";
import { plainText } from "../../shown/plainText";
import { refuseUntrusted } from "../call/activeConnection";
import type { Parts } from "../call/parts";
import { Refusal } from "../call/refusal";

/** One of the configured endpoints, also an unusable one; undefined when the person gave up. @throws Refusal */
export async function pickEndpoint(parts: Parts, title: string): Promise<EndpointReading | undefined> {
  refuseUntrusted(parts.isTrusted());
  const { all } = parts.endpoints;
  if (all.length === 0) throw new Refusal(l10n.t("There is no endpoint in the settings."), "addEndpoint");
  const items = all.map((reading) => ({
    label: plainText(nameOf(reading), 40),
    detail: plainText(reading.ok ? reading.endpoint.baseUrl : reading.why),
    reading,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t("Which endpoint?") }))
    ?.reading;
}

/** The active endpoint unless it is the demo, else one that the person picks. @throws Refusal */
export async function chosenServer(parts: Parts, title: string): Promise<ServerEndpoint | undefined> {
  refuseUntrusted(parts.isTrusted());
  const { wanted } = parts.endpoints;
  if (wanted.kind === "endpoint" && wanted.endpoint.kind === "server") return wanted.endpoint;
  const reading = await pickEndpoint(parts, title);
  if (reading === undefined) return undefined;
  if (!reading.ok) throw new Refusal(reading.why, "openSettings");
  return reading.endpoint;
}
