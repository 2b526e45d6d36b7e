import * as vscode from "vscode";
import {
  demoEndpoint,
  type EndpointReading,
  isDemoName,
  readEndpoint,
  type ServerEndpoint,
} from "../../dialler/endpoint/endpoint";
import { unknownMemberSentence } from "../../dialler/endpoint/endpointMembers";
import type { WantedEndpoint } from "../../dialler/endpoint/followEndpoint";
import * as l10n from "../../l10n";
import { settings } from "../../manifest";
import { Signal } from "../../signal";
import { type GetSetting, getSetting, updateSetting, writeSetting } from "./preferences";

/** Every endpoint in the settings, in their order; the unusable ones with the reason. Pure. */
export function readEndpoints(get: GetSetting): EndpointReading[] {
  const raw = get(settings.endpoints);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return [];
  return Object.entries(raw).map(([name, value]) => readEndpoint(name, value));
}

/** The endpoint that the settings name, or why it cannot be used. Pure. */
export function wantedEndpoint(get: GetSetting): WantedEndpoint {
  const active = get(settings.activeEndpoint);
  const name = typeof active === "string" ? active.trim() : "";
  if (name === "") return { kind: "none" };
  if (isDemoName(name)) return { kind: "endpoint", endpoint: demoEndpoint };
  const reading = readEndpoints(get).find((candidate) => nameOf(candidate) === name);
  if (reading === undefined) {
    return { kind: "unusable", name, why: l10n.t("There is no endpoint with this name in the settings.") };
  }
  return reading.ok
    ? { kind: "endpoint", endpoint: reading.endpoint }
    : { kind: "unusable", name, why: reading.why };
}

export function nameOf(reading: EndpointReading): string {
  return reading.ok ? reading.endpoint.name : reading.name;
}

/** The endpoints in the settings, with a signal when the value of the wanted one changes. */
export class EndpointSettings {
  readonly changed = new Signal<WantedEndpoint>();
  #wanted = wantedEndpoint(getSetting);
  readonly #watching = vscode.workspace.onDidChangeConfiguration(() => {
    const before = JSON.stringify(this.#wanted);
    this.#wanted = wantedEndpoint(getSetting);
    if (JSON.stringify(this.#wanted) !== before) this.changed.send(this.#wanted);
  });

  get wanted(): WantedEndpoint {
    return this.#wanted;
  }

  get all(): EndpointReading[] {
    return readEndpoints(getSetting);
  }

  get servers(): ServerEndpoint[] {
    return this.all.flatMap((reading) => (reading.ok ? [reading.endpoint] : []));
  }

  /** A sentence for each member of an endpoint in the settings that means nothing. */
  remarksOn(name: string): string[] {
    const reading = this.all.find((candidate) => nameOf(candidate) === name);
    const members = reading?.ok === true ? (reading.unknownMembers ?? []) : [];
    return members.map((member) => unknownMemberSentence(name, member));
  }

  /** Makes an endpoint the active one; an empty name makes none active. */
  async activate(name: string): Promise<void> {
    await writeSetting(settings.activeEndpoint, name);
  }

  /** The members of an endpoint as they are written in the user's settings. */
  written(name: string): Readonly<Record<string, unknown>> {
    const value: unknown = this.#written().find(([other]) => other === name)?.[1];
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  }

  /**
   * Writes one endpoint into the user's settings and leaves the others as they are written there. `oldName`: the one
   * whose place it takes. @throws SettingsUnwritable
   */
  async save(name: string, value: Readonly<Record<string, unknown>>, oldName = name): Promise<void> {
    const entries = this.#written().filter(([other]) => other === oldName || other !== name);
    const isThere = entries.some(([other]) => other === oldName);
    const own: [string, unknown] = [name, value];
    await this.#write(
      isThere ? entries.map((entry) => (entry[0] === oldName ? own : entry)) : [...entries, own],
    );
  }

  async remove(name: string): Promise<void> {
    await this.#write(this.#written().filter(([other]) => other !== name));
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #written(): [string, unknown][] {
    const raw = vscode.workspace.getConfiguration().inspect(settings.endpoints)?.globalValue;
    return typeof raw === "object" && raw !== null ? Object.entries(raw) : [];
  }

  async #write(entries: readonly [string, unknown][]): Promise<void> {
    await updateSetting(settings.endpoints, Object.fromEntries(entries), vscode.ConfigurationTarget.Global);
  }
}
