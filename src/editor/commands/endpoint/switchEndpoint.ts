import * as vscode from "vscode";
import { demoName } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { nameOf } from "../../settings/endpointSettings";
import { environmentWord } from "../../view/endpointStatus";
import { plainText } from "../../shown/plainText";
import { addEndpoint } from "./addEndpoint";
import { refuseUntrusted } from "../call/activeConnection";
import type { Parts } from "../call/parts";

interface Choice extends vscode.QuickPickItem {
  readonly chosen?: { readonly name: string } | "add";
}

/** Picks the endpoint that the tree lists and that commands act on. */
export async function switchEndpoint(parts: Parts): Promise<void> {
  refuseUntrusted(parts.isTrusted());
  const { wanted } = parts.endpoints;
  const active =
    wanted.kind === "endpoint" ? wanted.endpoint.name : wanted.kind === "unusable" ? wanted.name : "";
  const mark = (name: string): string =>
    name === active ? `$(check) ${plainText(name, 40)}` : plainText(name, 40);
  const choices: Choice[] = parts.endpoints.all.map((reading) => ({
    label: mark(nameOf(reading)),
    description: reading.ok
      ? [
          environmentWord(reading.endpoint.environment),
          ...(reading.endpoint.readOnly ? [l10n.t("read-only")] : []),
        ].join(", ")
      : l10n.t("cannot be used"),
    detail: plainText(reading.ok ? reading.endpoint.baseUrl : reading.why),
    chosen: { name: nameOf(reading) },
  }));
  choices.push(
    {
      label: mark(demoName),
      description: l10n.t("invented contacts, on this computer"),
      chosen: { name: demoName },
    },
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${l10n.t("Add Endpoint…")}`, chosen: "add" },
  );
  const picked = await vscode.window.showQuickPick(choices, {
    title: l10n.t("Switch Endpoint"),
    placeHolder: l10n.t("The endpoint that contacts are listed from"),
    matchOnDetail: true,
  });
  if (picked?.chosen === undefined) return;
  if (picked.chosen === "add") await addEndpoint(parts);
  else await parts.endpoints.activate(picked.chosen.name);
}
