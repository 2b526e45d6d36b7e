import * as vscode from "vscode";
import { type FindKey, findKeysOf, isSame, type RecentFind } from "../../../dialler/lookup/recentFinds";
import { answered } from "../ask/quickInput";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import { type Place, placeText, quoted } from "../ask/confirmWords";

interface FindItem extends vscode.QuickPickItem {
  /** Undefined for a heading. */
  readonly key?: FindKey;
  readonly isRecent?: boolean;
}

/**
 * Asks for the contact to find: the text typed is offered as an ID and as a UserData, with recent finds below.
 * `discreet` cleans a name for display. Undefined when the person gave up; nothing is requested meanwhile.
 */
export async function pickFind(
  recent: readonly RecentFind[],
  place: Place,
  discreet: (text: string) => string,
): Promise<FindKey | undefined> {
  const pick = vscode.window.createQuickPick<FindItem>();
  pick.title = l10n.t("Find a contact on {place}", { place: placeText(place) });
  pick.placeholder = l10n.t("An ID, or a UserData exactly as it is stored");
  pick.ignoreFocusOut = true;
  const offer = (): void => {
    const typed = findKeysOf(pick.value).map(typedItem);
    const found = recent
      .filter(({ key }) => textOf(key).includes(pick.value))
      .filter(({ key }) => !typed.some((item) => item.key !== undefined && isSame(item.key, key)))
      .map((find) => recentItem(find, discreet));
    pick.items = [...typed, ...under(l10n.t("recent"), found)];
    // VS Code sorts matching items itself; Enter must accept what was typed.
    const [first = found[0]] = typed;
    pick.activeItems = first === undefined ? [] : [first];
  };
  offer();
  return answered<FindKey>(pick, (finish) => {
    pick.onDidChangeValue(offer);
    pick.onDidAccept(() => {
      const key = chosenKey(pick.activeItems[0], pick.value);
      if (key !== undefined) finish(key);
    });
  });
}

/** After a quick Enter the items may be outdated: then the current text decides. */
function chosenKey(item: FindItem | undefined, value: string): FindKey | undefined {
  if (item?.isRecent === true) return item.key;
  const keys = findKeysOf(value);
  return keys.find(({ kind }) => kind === item?.key?.kind) ?? keys[0];
}

function typedItem(key: FindKey): FindItem {
  const icon = key.kind === "id" ? "symbol-number" : "symbol-key";
  return { label: `$(${icon}) ${keyText(key)}`, key, alwaysShow: true };
}

/** The key is the description, because VS Code moves items whose label matches to the top. */
function recentItem({ key, label }: RecentFind, discreet: (text: string) => string): FindItem {
  const name = plainText(discreet(label), 80);
  return { label: `$(history) ${name}`, description: keyText(key), key, isRecent: true, alwaysShow: true };
}

function keyText(key: FindKey): string {
  return key.kind === "id" ? l10n.t("ID {id}", { id: key.id }) : `UserData ${quoted(key.userData)}`;
}

function under(heading: string, items: readonly FindItem[]): FindItem[] {
  if (items.length === 0) return [];
  return [{ label: heading, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function textOf(key: FindKey): string {
  return key.kind === "id" ? String(key.id) : key.userData;
}
