import * as vscode from "vscode";
import { explain } from "./dialler/api/explain";
import type { EndpointState, FollowEndpoint } from "./dialler/endpoint/followEndpoint";
import { readFilter } from "./dialler/list/contactFilter";
import { isLoading, listsOf } from "./dialler/list/contactsState";
import { obstacleOf } from "./editor/commands/call/activeConnection";
import type { Parts } from "./editor/commands/call/parts";
import type { EndpointSettings } from "./editor/settings/endpointSettings";
import type { DocumentMarks } from "./editor/view/document/documentMarks";
import type { EndpointStatus } from "./editor/view/endpointStatus";
import type { Obstacle } from "./editor/view/list/treeState";
import * as l10n from "./l10n";
import { noteRuns } from "./editor/view/activity/noteRuns";
import { views } from "./manifest";
import type { Listening } from "./signal";

/** Why the view cannot list contacts now; undefined when connected or connecting. */
export function obstacleNow(
  follow: FollowEndpoint,
  endpoints: EndpointSettings,
  isTrusted: () => boolean,
): () => Obstacle | undefined {
  return () => {
    if (!isTrusted()) return { state: "restricted" };
    const { kind } = follow.state;
    if (kind === "connected" || kind === "connecting") return undefined;
    return kind === "none" && endpoints.all.length > 0 ? { state: "notChosen" } : obstacleOf(follow.state);
  };
}

/** Connects the parts: settings and tokens lead to a connection, the connection to a list, the list to the tree. */
export function react(parts: Parts, status: EndpointStatus, marks: DocumentMarks): vscode.Disposable {
  const { endpoints, vault, follow, store, tree, preferences, channel, documents, history } = parts;
  const begin = (): void => {
    if (parts.isTrusted()) void follow.follow(endpoints.wanted);
    else tree.refresh();
  };
  const listening = [
    follow.changed.listen((state) => {
      status.show(state, parts.isTrusted());
      store.open(state.kind === "connected" ? state.connection : undefined);
      if (state.kind === "connected") restoreFilter(parts, state.connection.baseUrl);
      tree.refresh();
      noteEndpoint(parts, state);
    }),
    endpoints.changed.listen(begin),
    vault.changed.listen((baseUrl) => {
      const { wanted } = endpoints;
      if (
        wanted.kind === "endpoint" &&
        wanted.endpoint.kind === "server" &&
        wanted.endpoint.baseUrl === baseUrl
      )
        begin();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      status.show(follow.state, true);
      begin();
    }),
    watchArrangement(parts),
    watchMask(parts),
    store.applied.listen(({ connection, change, results }) => documents.follow(connection, change, results)),
    history.changed.listen(() => marks.runsChanged()),
    // The hovers of rows that show a code keep it until they are drawn again.
    documents.onDidLearnResult(() => tree.refresh()),
    keepFilter(parts),
    watchFailures(parts),
    showLoading(parts),
    noteRuns(parts.history),
  ];
  status.show(follow.state, parts.isTrusted());
  begin();
  void forgetOldRuns(parts);
  channel.debug(l10n.t("Ready; grouped by {groupBy}.", { groupBy: preferences.now.groupBy }));
  return vscode.Disposable.from(...listening);
}

/** Logs the endpoint, because another window may have switched it in the shared settings. */
function noteEndpoint({ channel, endpoints }: Parts, state: EndpointState): void {
  switch (state.kind) {
    case "connected":
      channel.say("info", l10n.t("The endpoint is {endpoint}.", { endpoint: state.endpoint.name }));
      for (const remark of endpoints.remarksOn(state.endpoint.name)) channel.say("warning", remark);
      break;
    case "failed":
    case "unusable":
      channel.say("error", obstacleOf(state).explanation?.sentence ?? "");
      break;
    case "none":
    case "noToken":
    case "connecting":
      break;
  }
}

/** A new grouping or lock member needs the server; a new order only sorts the list. */
function watchArrangement({ preferences, store }: Parts): Listening {
  let before = preferences.now;
  return preferences.changed.listen(() => {
    const { groupBy, sortBy, lockField } = preferences.now;
    const asked = store.state.kind !== "closed" && store.state.kind !== "opened";
    if (asked && (groupBy !== before.groupBy || lockField !== before.lockField)) void store.refresh();
    else if (sortBy !== before.sortBy) void store.sort();
    before = preferences.now;
  });
}

/** Filters by what was kept across the reload of the window, the first time that a server is listed. */
function restoreFilter({ kept, store }: Parts, baseUrl: string): void {
  const text = kept.filterAtStart(baseUrl);
  const reading = text === undefined ? undefined : readFilter(text);
  if (reading?.ok === true && reading.filter !== undefined) store.setFilter(reading.filter);
}

/** Remembers what may be kept of the filter. */
function keepFilter({ kept, store }: Parts): Listening {
  let before = store.filter;
  return store.changed.listen(() => {
    const { state, filter } = store;
    if (filter === before || state.kind === "closed") return;
    before = filter;
    kept.noteFilter(state.connection.baseUrl, filter?.text ?? "");
  });
}

/** Redraws all rows and documents, so that no hover and no record keeps unmasked text. */
function watchMask({ preferences, tree, activity, documents }: Parts): Listening {
  let before = preferences.now.mask;
  return preferences.changed.listen(() => {
    const { mask } = preferences.now;
    if (mask !== before) {
      tree.refresh();
      activity.redraw();
      documents.redraw();
    }
    before = mask;
  });
}

/** Shows the progress bar of the view while a list is loading. */
function showLoading({ store }: Parts): Listening {
  let done: (() => void) | undefined;
  return store.changed.listen(() => {
    const loading = isLoading(store.state);
    if (loading && done === undefined) {
      const loaded = new Promise<void>((resolve) => (done = resolve));
      void vscode.window.withProgress({ location: { viewId: views.contacts } }, () => loaded);
    } else if (!loading) {
      done?.();
      done = undefined;
    }
  });
}

/** Removes journals past their retention time, once at the start of each window. */
async function forgetOldRuns({ history, preferences, channel }: Parts): Promise<void> {
  try {
    const { removed } = await history.removeOlderThan(preferences.now.retentionDays);
    if (removed === 1) channel.debug(l10n.t("1 old journal was removed."));
    if (removed > 1)
      channel.debug(l10n.t("{removed} old journals were removed.", { removed: l10n.number(removed) }));
  } catch (error) {
    channel.say("warning", error instanceof Error ? error.message : String(error));
  }
}

/** Logs every failure of a list once, in addition to its row in the tree. */
function watchFailures({ store, channel }: Parts): Listening {
  const said = new WeakSet();
  return store.changed.listen(() => {
    const { state } = store;
    if (state.kind === "closed") return;
    const errors: unknown[] = listsOf(state).map(({ contacts }) =>
      contacts.kind === "failed" ? contacts.error : undefined,
    );
    if (state.kind === "failed") errors.push(state.error);
    if (state.kind === "campaigns") errors.push(state.problem);
    for (const error of errors) {
      if (typeof error !== "object" || error === null || said.has(error)) continue;
      said.add(error);
      channel.say("error", `${state.connection.endpoint.name} list : ${explain(error).sentence}`);
    }
  });
}
