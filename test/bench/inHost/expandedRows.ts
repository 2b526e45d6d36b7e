import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { Secrets } from "../../../src/dialler/api/secrets";
import { Connector } from "../../../src/dialler/endpoint/connect";
import { ContactStore } from "../../../src/dialler/list/contactStore";
import { ContactRow, GroupRow } from "../../../src/dialler/list/rows";
import { ContactTree } from "../../../src/editor/view/list/contactTree";
import { views } from "../../../src/manifest";

/** Megabytes of the extension host's heap with a list of so many contacts: as it opens, and with every group expanded. */
export interface ExpandedRows {
  readonly rows: number;
  readonly collapsed: number;
  readonly expanded: number;
}

/** Takes the view over from the extension, so it is measured last. `baseUrl`: of a server with that list. */
export async function measureExpanded(baseUrl: string, contacts: number): Promise<ExpandedRows> {
  const connector = new Connector({
    secrets: new Secrets(),
    log: { debug: () => undefined, trace: () => undefined },
    limits: () => ({ requestSeconds: 30, listSeconds: 120, listMegabytes: 500, lockField: "" }),
    warn: () => undefined,
  });
  const endpoint = { kind: "server", name: "bench", environment: "test", readOnly: true } as const;
  const connection = await connector.connect({ ...endpoint, baseUrl, caFile: undefined }, "token");
  const store = new ContactStore(() => ({ groupBy: "none", sortBy: "name", lockField: "" }));
  const made = { rows: 0 };
  const tree = new (class extends ContactTree {
    override getTreeItem(row: Parameters<ContactTree["getTreeItem"]>[0]): vscode.TreeItem {
      if (row instanceof ContactRow) made.rows++;
      return super.getTreeItem(row);
    }
  })({
    store,
    obstacle: () => undefined,
    discreet: (text) => text,
    masked: () => false,
    rowFields: () => ["userData", "company"],
    pageSize: () => 500,
    results: { resultWords: () => undefined },
    kept: { isOpen: () => false, noteOpen: () => undefined },
  });
  try {
    store.open(connection);
    await vscode.commands.executeCommand(`${views.contacts}.focus`);
    await store.load();
    const groups = tree.getChildren().filter((row) => row instanceof GroupRow);
    await painted();
    const collapsed = heapMegabytes();
    made.rows = 0;
    for (const group of groups) await tree.view.reveal(group, { select: false, focus: false, expand: true });
    const end = Date.now() + 120_000;
    while (made.rows < contacts && Date.now() < end) await painted();
    return { rows: made.rows, collapsed, expanded: heapMegabytes() };
  } finally {
    tree.dispose();
    store.open(undefined);
    await connector.dispose();
  }
}

/** VS Code draws a tree again a moment after it has changed. */
function painted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}

function heapMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed / 2 ** 20;
}
