import * as vscode from "vscode";
import { Signal } from "../../signal";
import { type RowField, settings, settingWords } from "../../manifest";
import { SettingsUnwritable } from "./settingsUnwritable";
import { readRowFields } from "./rowFields";

type WordOf<Name extends keyof typeof settingWords> = (typeof settingWords)[Name][number];

/** All settings but the endpoints, checked and clamped. */
export interface Preferences {
  readonly groupBy: WordOf<"groupBy">;
  readonly sortBy: WordOf<"sortBy">;
  /** How many contacts a group of a long list holds. */
  readonly pageSize: number;
  /** What stands beside a contact's name, in order. */
  readonly rowFields: readonly RowField[];
  /** Empty: detect it. */
  readonly lockField: string;
  readonly concurrency: number;
  readonly requestSeconds: number;
  readonly listSeconds: number;
  readonly listMegabytes: number;
  /** How long the journals of runs are kept on disk. */
  readonly retentionDays: number;
  /** Whether numbers and addresses are shown and copied masked. */
  readonly mask: boolean;
  /** Whether the command that acts on an arbitrary match of a UserData is offered. */
  readonly directUserData: boolean;
  readonly reveal: WordOf<"reveal">;
  readonly allowHttpLinks: boolean;
}

/** Looks a setting up by its full name. */
export type GetSetting = (name: string) => unknown;

/** A value that is out of range or of another type counts as the default. Pure. */
export function readPreferences(get: GetSetting): Preferences {
  const lockField = get(settings.lockField);
  return {
    groupBy: oneOf(settingWords.groupBy, get(settings.groupBy)),
    sortBy: oneOf(settingWords.sortBy, get(settings.sortBy)),
    pageSize: within(get(settings.pageSize), 50, 500, 500),
    rowFields: readRowFields(get(settings.rowFields)),
    lockField: typeof lockField === "string" ? lockField.trim() : "",
    concurrency: within(get(settings.concurrency), 1, 8, 4),
    requestSeconds: within(get(settings.requestSeconds), 1, 600, 30),
    listSeconds: within(get(settings.listSeconds), 1, 3600, 300),
    listMegabytes: within(get(settings.listMegabytes), 1, 16384, 2048),
    retentionDays: within(get(settings.retentionDays), 1, 365, 14),
    mask: get(settings.mask) === true,
    directUserData: get(settings.directUserData) === true,
    reveal: oneOf(settingWords.reveal, get(settings.reveal)),
    allowHttpLinks: get(settings.allowHttpLinks) === true,
  };
}

function oneOf<Word>(words: readonly [Word, ...Word[]], value: unknown): Word {
  return words.find((word) => word === value) ?? words[0];
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === "number" && value >= least && value <= most ? Math.floor(value) : otherwise;
}

/** The current preferences, with a signal when their values change. */
export class LivePreferences {
  readonly changed = new Signal();
  #now = readPreferences(getSetting);
  readonly #watching = vscode.workspace.onDidChangeConfiguration(() => {
    const before = JSON.stringify(this.#now);
    this.#now = readPreferences(getSetting);
    if (JSON.stringify(this.#now) !== before) this.changed.send();
  });

  get now(): Preferences {
    return this.#now;
  }

  dispose(): void {
    this.#watching.dispose();
  }
}

export const getSetting: GetSetting = (name) => vscode.workspace.getConfiguration().get<unknown>(name);

/** Writes a setting where its effective value comes from: the workspace if it sets the key, else the user's settings. */
export async function writeSetting(name: string, value: unknown): Promise<void> {
  const inWorkspace = vscode.workspace.getConfiguration().inspect(name)?.workspaceValue !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  await updateSetting(name, value, inWorkspace ? Workspace : Global);
}

/** @throws SettingsUnwritable */
export async function updateSetting(
  name: string,
  value: unknown,
  target: vscode.ConfigurationTarget,
): Promise<void> {
  try {
    await vscode.workspace.getConfiguration().update(name, value, target);
  } catch (cause) {
    throw new SettingsUnwritable(cause);
  }
}
