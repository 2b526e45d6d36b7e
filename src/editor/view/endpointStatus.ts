import * as vscode from "vscode";
import type { EndpointState } from "../../dialler/endpoint/followEndpoint";
import * as l10n from "../../l10n";
import { commands } from "../../manifest";
import { plainText } from "../shown/plainText";

/** The status bar item: the endpoint that commands act on; production warns by colour. */
export class EndpointStatus {
  readonly #item = vscode.window.createStatusBarItem("dialler.endpoint", vscode.StatusBarAlignment.Left, 50);

  constructor() {
    this.#item.name = l10n.t("Dialler Endpoint");
    this.#item.command = commands.endpointSwitch;
  }

  show(state: EndpointState, trusted: boolean): void {
    const { text, tooltip, warns } = statusLook(state, trusted);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.backgroundColor = warns ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Production with write access warns by its background and says so in words. Pure. */
export function statusLook(
  state: EndpointState,
  trusted = true,
): { text: string; tooltip: string; warns: boolean } {
  switch (state.kind) {
    case "none":
      return {
        text: `$(plug) ${l10n.t("No Dialler")}`,
        tooltip: trusted
          ? l10n.t("No dialler endpoint is chosen. Click to choose one.")
          : l10n.t("Restricted Mode: no dialler endpoint is used until the workspace is trusted."),
        warns: false,
      };
    case "unusable":
      return {
        text: `$(error) ${plainText(state.name, 40)}`,
        tooltip: l10n.t("The dialler endpoint {name} cannot be used: {why}", {
          name: plainText(state.name, 40),
          why: plainText(state.why),
        }),
        warns: false,
      };
    case "connecting":
    case "noToken":
    case "failed":
    case "connected": {
      const { name, environment, readOnly } = state.endpoint;
      const clean = plainText(name, 40);
      const word = readOnly ? l10n.t("read-only") : environmentWord(environment);
      const icon = { noToken: "$(key)", failed: "$(error)", connecting: undefined, connected: undefined }[
        state.kind
      ];
      const values = { name: clean, word };
      return {
        text: `${icon ?? (readOnly ? "$(eye)" : "$(plug)")} ${state.endpoint.kind === "demo" ? clean : `${clean} (${word})`}`,
        tooltip: {
          noToken: l10n.t("Dialler endpoint {name}, {word}: there is no token yet. Click to switch.", values),
          failed: l10n.t("Dialler endpoint {name}, {word}: it cannot be used. Click to switch.", values),
          connecting: l10n.t("Dialler endpoint {name}, {word}. Click to switch.", values),
          connected: l10n.t("Dialler endpoint {name}, {word}. Click to switch.", values),
        }[state.kind],
        warns: environment === "production" && !readOnly,
      };
    }
  }
}

export function environmentWord(environment: "production" | "test" | "development"): string {
  switch (environment) {
    case "production":
      return l10n.t("production");
    case "test":
      return l10n.t("test");
    case "development":
      return l10n.t("development");
  }
}
