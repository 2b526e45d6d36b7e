import * as vscode from "vscode";
import type { LoadedMatches } from "../../../dialler/list/searchLists";
import type { RecentFind } from "../../../dialler/lookup/recentFinds";
import * as l10n from "../../../l10n";
import { type Place, placeText } from "../ask/confirmWords";
import { answered } from "../ask/quickInput";
import { type FindChoice, type FindItem, foundItems, recentItem } from "./findItems";
import { LiveItems } from "./liveItems";

/** What the box needs to offer contacts. */
export interface FindSources {
  readonly recent: readonly RecentFind[];
  readonly place: Place;
  /** Cleans a name for display. */
  discreet(text: string): string;
  /** Searches what is loaded; undefined if it was cancelled. Requests nothing. */
  search(text: string, cancelled: AbortSignal): Promise<LoadedMatches | undefined>;
}

/** The search begins after typing has paused for this long. */
const restMs = 120;

/**
 * Asks for the contact to find: what is loaded is searched while the person types, and the server can be asked for the
 * text as an ID and as a UserData. An empty box offers recent finds. Undefined when the person gave up; nothing is
 * requested meanwhile.
 */
export async function pickFind(sources: FindSources): Promise<FindChoice | undefined> {
  const { place } = sources;
  const pick = vscode.window.createQuickPick<FindItem>();
  const title = l10n.t("Find a contact on {place}", { place: placeText(place) });
  pick.title = title;
  pick.placeholder = l10n.t("A name, company, number, e-mail address, ID or UserData");
  pick.ignoreFocusOut = true;
  const recent = sources.recent.map((find) => recentItem(find, (text) => sources.discreet(text)));
  const live = new LiveItems<FindItem>(
    async (text, cancelled) => {
      if (text === "") return recent;
      const found = await sources.search(text, cancelled);
      if (found === undefined || cancelled.aborted) return undefined;
      pick.title = found.more ? l10n.t("{title}: the first matches", { title }) : title;
      return foundItems(text, found, place);
    },
    (items) => {
      pick.busy = items === undefined;
      if (items === undefined) return;
      pick.items = items;
      // VS Code sorts matching items itself; Enter must accept the first of ours.
      pick.activeItems = items.slice(0, 1);
    },
    restMs,
  );
  void live.itemsOf("");
  const choice = await answered<FindChoice>(pick, (finish) => {
    pick.onDidChangeValue((text) => live.typed(text));
    pick.onDidAccept(() => void accept(pick, live, finish));
  });
  live.dispose();
  return choice;
}

/** Enter counts only for the items of the text as it stands: it waits for them, and then means the first one. */
async function accept(
  pick: vscode.QuickPick<FindItem>,
  live: LiveItems<FindItem>,
  finish: (choice: FindChoice) => void,
): Promise<void> {
  const text = pick.value;
  const [active] = pick.activeItems;
  const items = await live.itemsOf(text);
  if (items === undefined || pick.value !== text) return;
  const chosen = items.find((item) => item === active) ?? items[0];
  if (chosen !== undefined) finish(chosen.choice);
}
