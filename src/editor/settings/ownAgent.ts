import * as vscode from "vscode";

/**
 * With `http.proxySupport` set to `on`, VS Code sends only requests without an agent of their own through its proxy. An
 * agent would go around the proxy then.
 */
export function ownAgent(): boolean {
  return vscode.workspace.getConfiguration("http").get("proxySupport") !== "on";
}
