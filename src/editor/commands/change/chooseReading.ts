import * as vscode from "vscode";
import type { Connection } from "../../../dialler/endpoint/connect";
import { type Tried, type TriedKey, tryReadings } from "../../../dialler/lookup/tryReadings";
import type { KeyList, KeyReading } from "../../../dialler/text/keyList";
import * as l10n from "../../../l10n";
import { isolated } from "../../shown/isolated";
import { plainText } from "../../shown/plainText";
import { quoted, titleOf } from "../ask/confirmWords";
import { answered } from "../ask/quickInput";
import type { Parts } from "../call/parts";

interface ReadingItem extends vscode.QuickPickItem {
  readonly reading: KeyReading;
}

/**
 * Whether the keys of a list are IDs or UserData, if nothing in the list says so: a person decides by the contacts that
 * a part of the keys finds. Enter alone decides nothing where both find some. Undefined when the person gave up.
 * @throws ApiError
 */
export async function chooseReading(
  { progress, preferences }: Parts,
  { client, endpoint }: Connection,
  list: KeyList,
  title: string,
): Promise<KeyReading | undefined> {
  const [first, ...others] = list;
  if (others.length === 0) return first;
  const looking = l10n.t("Looking up contacts on {endpoint}", { endpoint: plainText(endpoint.name, 40) });
  const { lockField } = preferences.now;
  const result = await progress.cancellable(looking, async (_, signal) => {
    const tried = await tryReadings(client, list, { signal, lockField, onProgress: () => undefined });
    return signal.aborted ? undefined : tried;
  });
  if (result === undefined) return undefined;
  const items = result.tried.map(itemOf);
  const active = items.filter(({ reading }) => reading === result.clear?.reading);
  const pick = vscode.window.createQuickPick<ReadingItem>();
  pick.title = title;
  pick.placeholder = l10n.t("Are these keys IDs of the dialler or UserData? Choose by the contacts found.");
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.activeItems = active;
  return answered<KeyReading>(pick, (finish) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen !== undefined) finish(chosen.reading);
    });
  });
}

function itemOf({ reading, asked, found }: Tried<KeyReading>): ReadingItem {
  const isIds = reading.keys.kind === "id";
  const values = { found: l10n.number(found.length), asked: l10n.number(asked) };
  return {
    label: isIds ? l10n.t("IDs of the dialler") : "UserData",
    description:
      asked === 0
        ? l10n.t("cannot be looked up on this server")
        : l10n.t("{found} found of {asked} looked up", values),
    detail: found.slice(0, 3).map(foundText).join(" · ") || l10n.t("no contact"),
    reading,
  };
}

/** "1001 → Berg, Ida #1001 (in the list: Kurz)". */
function foundText({ key, contact, name }: TriedKey): string {
  const text = `${quoted(String(key))} → ${titleOf(contact)}`;
  if (name === undefined) return text;
  return l10n.t("{found} (in the list: {name})", { found: text, name: isolated(plainText(name, 60)) });
}
