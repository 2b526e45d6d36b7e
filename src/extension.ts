import * as vscode from "vscode";
import { Secrets } from "./dialler/api/secrets";
import { askInWindow } from "./editor/commands/ask/askInWindow";
import { notifyInWindow } from "./editor/commands/call/notifyInWindow";
import { ListKeys } from "./editor/commands/call/listKeys";
import { progressInWindow } from "./editor/commands/call/progressInWindow";
import { registerCommands } from "./editor/commands/registerCommands";
import { restorableEntry } from "./editor/commands/activity/restorableEntry";
import { registerTools } from "./editor/commands/chat/registerTools";
import { ContactStore } from "./dialler/list/contactStore";
import { Journal } from "./dialler/journal/journal";
import { RecentFinds } from "./dialler/lookup/recentFinds";
import { RunHistory } from "./dialler/journal/runHistory";
import { Connector } from "./dialler/endpoint/connect";
import { FollowEndpoint } from "./dialler/endpoint/followEndpoint";
import { speakWith } from "./l10n";
import { obstacleNow, react } from "./reactions";
import { EndpointSettings } from "./editor/settings/endpointSettings";
import { LivePreferences } from "./editor/settings/preferences";
import type { RowField } from "./manifest";
import { TokenVault } from "./editor/settings/tokenVault";
import { ActivityTree } from "./editor/view/activity/activityTree";
import { ContactDocuments } from "./editor/view/document/contactDocument";
import { DocumentMarks } from "./editor/view/document/documentMarks";
import { KeptView } from "./editor/view/list/keptView";
import { ContactTree } from "./editor/view/list/contactTree";
import { EndpointStatus } from "./editor/view/endpointStatus";
import { LogLinks } from "./editor/view/logLinks";
import { maskedText } from "./editor/shown/mask";
import { ResultChannel } from "./editor/view/resultChannel";

export function activate(context: vscode.ExtensionContext): void {
  speakWith((message, values) => vscode.l10n.t(message, values), vscode.env.language);
  const secrets = new Secrets();
  const redact = (text: string): string => secrets.redact(text);
  const isTrusted = (): boolean => vscode.workspace.isTrusted;
  const preferences = new LivePreferences();
  // Redacted first: a token that the mask has shortened would no longer be found.
  const discreet = (text: string): string => (preferences.now.mask ? maskedText(redact(text)) : redact(text));
  const masked = (): boolean => preferences.now.mask;
  const endpoints = new EndpointSettings();
  const vault = new TokenVault(context.secrets);
  const channel = new ResultChannel(discreet, () => preferences.now.reveal);
  const warn = (sentence: string): void => channel.say("warning", sentence);
  const connector = new Connector({ secrets, log: channel, limits: () => preferences.now, warn });
  const follow = new FollowEndpoint(vault, connector);
  const kept = new KeptView(context.workspaceState);
  const store = new ContactStore(() => ({ ...preferences.now, reversed: kept.reversed }));
  const obstacle = obstacleNow(follow, endpoints, isTrusted);
  const pageSize = (): number => preferences.now.pageSize;
  const rowFields = (): readonly RowField[] => preferences.now.rowFields;
  const tree = new ContactTree({ store, discreet, masked, obstacle, pageSize, rowFields, kept });
  const journal = new Journal(context.globalStorageUri.fsPath, secrets);
  const history = new RunHistory(journal);
  const activity = new ActivityTree({
    history,
    redact: discreet,
    retentionDays: () => preferences.now.retentionDays,
  });
  const lockField = (): string => preferences.now.lockField;
  const documents = new ContactDocuments({ redact, masked, lockField });
  const marks = new DocumentMarks({ documents, restorable: (key) => restorableEntry(history, key) });
  const status = new EndpointStatus();
  const reached = { endpoints, vault, connector, follow };
  const logLinks = new LogLinks(context.extension.id);
  const shown = { store, tree, kept, history, activity, documents, finds: new RecentFinds(), channel };
  const window = { ask: askInWindow, progress: progressInWindow, notify: notifyInWindow };
  const keys = new ListKeys();
  const parts = { secrets, discreet, preferences, ...reached, ...shown, ...window, keys, isTrusted };
  const { subscriptions } = context;
  subscriptions.push(registerCommands(parts), registerTools(parts), react(parts, status, marks), logLinks);
  subscriptions.push(status, marks, documents, tree, activity);
  subscriptions.push(history, follow, connector, vault, endpoints, preferences, channel);
}
