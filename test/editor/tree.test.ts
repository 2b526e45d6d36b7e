import assert from "node:assert/strict";
import * as vscode from "vscode";
import { Secrets } from "../../src/dialler/api/secrets";
import { ContactRow, GroupRow } from "../../src/dialler/list/rows";
import { ContactStore } from "../../src/dialler/list/contactStore";
import { type Connection, Connector } from "../../src/dialler/endpoint/connect";
import { demoEndpoint } from "../../src/dialler/endpoint/endpoint";
import { views } from "../../src/manifest";
import { ContactTree } from "../../src/editor/view/list/contactTree";
import type { TreeRow } from "../../src/editor/view/list/treeState";

/** Counts what VS Code asks of it. */
class CountedTree extends ContactTree {
  readonly items: TreeRow[] = [];
  childrenAsked = 0;

  override getTreeItem(row: TreeRow): vscode.TreeItem {
    this.items.push(row);
    return super.getTreeItem(row);
  }

  override getChildren(row?: TreeRow): TreeRow[] {
    this.childrenAsked++;
    return super.getChildren(row);
  }
}

/** VS Code waits until a tree has not changed for so long, and shows nothing new of one that changes more often. */
const restMs = 200;

// It takes the view over from the extension, so it runs last.
describe("the tree of contacts in the view", () => {
  let connector: Connector;
  let connection: Connection;
  let store: ContactStore;
  let tree: CountedTree;

  before(async () => {
    await vscode.extensions.getExtension("dialler.dialler-contacts")?.activate();
    connector = new Connector({
      secrets: new Secrets(),
      log: { debug: () => undefined, trace: () => undefined },
      limits: () => ({ requestSeconds: 30, listSeconds: 30, listMegabytes: 50, lockField: "" }),
      warn: () => undefined,
    });
    connection = await connector.connect(demoEndpoint, "");
    store = new ContactStore(() => ({ groupBy: "none", sortBy: "name", lockField: "" }));
    const ports = {
      store,
      obstacle: () => undefined,
      discreet: (text: string) => text,
      masked: () => false,
      rowFields: () => [],
      results: { resultWords: () => undefined },
      pageSize: () => 50,
      kept: { isOpen: () => false, noteOpen: () => undefined },
    };
    tree = new CountedTree(ports);
    store.open(connection);
    await vscode.commands.executeCommand(`${views.contacts}.focus`);
    await store.load();
    await until(() => tree.items.some((row) => row instanceof GroupRow));
    await settled();
  });

  after(async () => {
    tree.dispose();
    store.open(undefined);
    await connector.dispose();
  });

  it("reveals a contact inside a group that was never opened, and selects it", async () => {
    const list = shown();
    const [row] = store.rows(list, list.count - 1);
    assert.ok(row);
    // The first contacts were rows of their own before there were so many.
    tree.items.length = 0;
    await tree.reveal(row);
    await until(() => tree.view.selection.includes(row));
    assert.ok(tree.items.includes(row));
  });

  it("makes one item for one changed contact, asks for no children, and changes once", async () => {
    const row = tree.view.selection[0];
    assert.ok(row instanceof ContactRow);
    const id = Number(row.key);
    await settled();
    for (const change of ["lock", "unlock"] as const) {
      tree.items.length = 0;
      tree.childrenAsked = 0;
      const changes = changesOf(tree);
      store.apply(connection, change, [{ id, outcome: "done" }]);
      await until(() => tree.items.length > 0);
      await settled();
      assert.deepEqual(tree.items, [row]);
      assert.equal(tree.childrenAsked, 0);
      assert.deepEqual(changes.end(), [[row]]);
    }
  });

  it("changes no more often than VS Code paints, however fast contacts change", async () => {
    const row = tree.view.selection[0];
    assert.ok(row instanceof ContactRow);
    const at: number[] = [];
    const listening = tree.onDidChangeTreeData(() => at.push(Date.now()));
    const id = Number(row.key);
    for (let turn = 0; at.length < 4; turn++) {
      store.apply(connection, turn % 2 === 0 ? "lock" : "unlock", [{ id, outcome: "done" }]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    listening.dispose();
    const gaps = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    assert.ok(Math.min(...gaps) > restMs, gaps.join());
  });

  it("knows what is selected, also while VS Code redraws the tree and reports no selection", async () => {
    const row = tree.view.selection[0];
    assert.ok(row instanceof ContactRow);
    tree.items.length = 0;
    tree.refresh();
    let wasUnknown = false;
    await until(() => {
      wasUnknown ||= tree.view.selection.length === 0;
      assert.deepEqual(tree.selection, [row]);
      return tree.items.includes(row);
    });
    assert.ok(wasUnknown);
  });

  function shown() {
    const { state } = store;
    assert.ok(state.kind === "flat" && state.contacts.kind === "listed");
    return state.contacts.list;
  }

  /** Waits until VS Code has processed all changes so far. */
  async function settled(): Promise<void> {
    let before: number;
    do {
      before = tree.items.length + tree.childrenAsked;
      await new Promise((resolve) => setTimeout(resolve, 2 * restMs));
    } while (tree.items.length + tree.childrenAsked !== before);
  }
});

function changesOf(tree: ContactTree): { end: () => readonly (TreeRow[] | undefined)[] } {
  const changes: (TreeRow[] | undefined)[] = [];
  const listening = tree.onDidChangeTreeData((rows) => changes.push(rows));
  return {
    end: () => {
      listening.dispose();
      return changes;
    },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
