import * as vscode from "vscode";
import { Secrets } from "./api/secrets";
import { askInWindow } from "./commands/confirm";
import { registerCommands } from "./commands/registerCommands";
import { registerTools } from "./commands/registerTools";
import { ContactStore } from "./contacts/contactStore";
import { Journal } from "./contacts/journal";
import { RecentFinds } from "./contacts/recentFinds";
import { RunHistory } from "./contacts/runHistory";
import { Connector } from "./endpoint/connect";
import { FollowEndpoint } from "./endpoint/followEndpoint";
import { speakWith } from "./l10n";
import { obstacleNow, react } from "./reactions";
import { EndpointSettings } from "./settings/endpointSettings";
import { LivePreferences } from "./settings/preferences";
import { TokenVault } from "./settings/tokenVault";
import { ActivityTree } from "./view/activityTree";
import { ContactDocuments } from "./view/contactDocument";
import { ContactTree } from "./view/contactTree";
import { EndpointStatus } from "./view/endpointStatus";
import { LogLinks } from "./view/logLinks";
import { maskedText } from "./view/mask";
import { ResultChannel } from "./view/resultChannel";

export function activate(context: vscode.ExtensionContext): void {
  speakWith((message, values) => vscode.l10n.t(message, values), vscode.env.language);
  const secrets = new Secrets();
  const redact = (text: string): string => secrets.redact(text);
  const isTrusted = (): boolean => vscode.workspace.isTrusted;
  const preferences = new LivePreferences();
  // A token that the mask has shortened would not be found any more.
  const discreet = (text: string): string => (preferences.now.mask ? maskedText(redact(text)) : redact(text));
  const masked = (): boolean => preferences.now.mask;
  const endpoints = new EndpointSettings();
  const vault = new TokenVault(context.secrets);
  const channel = new ResultChannel(discreet, () => preferences.now.reveal);
  const warn = (sentence: string): void => channel.say("warning", sentence);
  const connector = new Connector({ secrets, log: channel, limits: () => preferences.now, warn });
  const follow = new FollowEndpoint(vault, connector);
  const store = new ContactStore(() => preferences.now);
  const obstacle = obstacleNow(follow, endpoints, isTrusted);
  const pageSize = (): number => preferences.now.pageSize;
  const tree = new ContactTree({ store, discreet, masked, obstacle, pageSize });
  const journal = new Journal(context.globalStorageUri.fsPath, secrets);
  const history = new RunHistory(journal);
  const activity = new ActivityTree({
    history,
    redact: discreet,
    retentionDays: () => preferences.now.retentionDays,
  });
  const documents = new ContactDocuments(redact);
  const status = new EndpointStatus();
  const reached = { endpoints, vault, connector, follow };
  const finds = new RecentFinds();
  const logLinks = new LogLinks(context.extension.id);
  const shown = { store, tree, history, activity, documents, finds, channel };
  const parts = { secrets, discreet, preferences, ...reached, ...shown, ask: askInWindow, isTrusted };
  const { subscriptions } = context;
  subscriptions.push(registerCommands(parts), registerTools(parts), react(parts, status), logLinks);
  subscriptions.push(status, documents, tree, activity);
  subscriptions.push(history, follow, connector, vault, endpoints, preferences, channel);
}
