import * as vscode from "vscode";
import { Secrets } from "./api/secrets";
import { askInWindow } from "./commands/confirm";
import { registerCommands } from "./commands/registerCommands";
import { ContactStore } from "./contacts/contactStore";
import { Connector } from "./endpoint/connect";
import { FollowEndpoint } from "./endpoint/followEndpoint";
import { speakWith } from "./l10n";
import { obstacleNow, react } from "./reactions";
import { EndpointSettings } from "./settings/endpointSettings";
import { LivePreferences } from "./settings/preferences";
import { TokenVault } from "./settings/tokenVault";
import { ContactDocuments } from "./view/contactDocument";
import { ContactTree } from "./view/contactTree";
import { EndpointStatus } from "./view/endpointStatus";
import { ResultChannel } from "./view/resultChannel";

export function activate({ subscriptions, secrets: secretStorage }: vscode.ExtensionContext): void {
  speakWith((message, values) => vscode.l10n.t(message, values));
  const secrets = new Secrets();
  const redact = (text: string): string => secrets.redact(text);
  const isTrusted = (): boolean => vscode.workspace.isTrusted;
  const preferences = new LivePreferences();
  const endpoints = new EndpointSettings();
  const vault = new TokenVault(secretStorage);
  const channel = new ResultChannel(secrets, () => preferences.now.reveal);
  const warn = (sentence: string): void => channel.say("warning", sentence);
  const connector = new Connector({ secrets, log: channel, limits: () => preferences.now, warn });
  const follow = new FollowEndpoint(vault, connector);
  const store = new ContactStore(() => preferences.now);
  const obstacle = obstacleNow(follow, isTrusted);
  const tree = new ContactTree({ store, redact, obstacle, pageSize: () => preferences.now.pageSize });
  const documents = new ContactDocuments(redact);
  const status = new EndpointStatus();
  const window = {
    secrets,
    preferences,
    endpoints,
    vault,
    connector,
    follow,
    store,
    tree,
    documents,
    channel,
  };
  const parts = { ...window, ask: askInWindow, isTrusted };
  subscriptions.push(registerCommands(parts), react(parts, status), status, documents, tree);
  subscriptions.push(follow, connector, vault, endpoints, preferences, channel);
}
