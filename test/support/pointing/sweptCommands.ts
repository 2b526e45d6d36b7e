import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "../../../src/dialler/api/changeRules";
import { commands } from "../../../src/manifest";
import { pickIds } from "../workbench/pickIds";
import { until } from "../workbench/until";
import { alone, listed, pointedAt, type Scene } from "./scene";
import type { Means, Way } from "./ways";

/** One action, as the window words it. */
interface Wording {
  readonly change: Change;
  readonly verb: string;
  readonly title: string;
  readonly key: string;
  readonly done: string;
}

const wordings: readonly Wording[] = [
  { change: "lock", verb: "Lock", title: "Lock Contact", key: "ControlOrMeta+l", done: "Locked" },
  { change: "unlock", verb: "Unlock", title: "Unlock Contact", key: "ControlOrMeta+u", done: "Unlocked" },
  { change: "delete", verb: "Delete", title: "Delete Contact…", key: "Delete", done: "Deleted" },
];

/** A command that changes contacts: how it is run, and what it asks then. */
export interface SweptCommand {
  readonly id: string;
  readonly title: string;
  readonly change: Change;
  /** How it is run; a text says why it cannot be run so. */
  readonly run: Readonly<Record<Means, string | ((scene: Scene) => Promise<void>)>>;
  /** The places of the contacts that a person means. */
  meant(means: Means, way: Way): readonly number[];
  /** Answers what it asks, until the result. */
  answer(scene: Scene, means: Means, way: Way): Promise<void>;
}

/** Why a command that only the palette has cannot be run otherwise. */
const onlyPalette = {
  menu: "not in the menu of a row",
  inline: "no button in a row",
  key: "no key of the list",
};

/** Every command that changes contacts. */
export const sweptCommands: readonly SweptCommand[] = wordings.flatMap((wording) => [
  onRows(wording),
  byUserData(wording),
  fromList(wording),
  actOnList(wording),
  directly(wording),
]);

/** Runs the command as the case wants; undefined for a way that the command does not have. */
export function runOf(command: SweptCommand, way: Way): { readonly means: Means } | { readonly why: string } {
  const means = way.means.find((one) => typeof command.run[one] !== "string");
  if (means !== undefined) return { means };
  const [first = "palette"] = way.means;
  return { why: String(command.run[first]) };
}

function onRows({ change, verb, title, key, done }: Wording): SweptCommand {
  const id = { lock: commands.contactLock, unlock: commands.contactUnlock, delete: commands.contactDelete }[
    change
  ];
  const inline = "only the lock and Open have a button in a row";
  return {
    ...{ id, title, change },
    run: {
      menu: inMenu(title),
      inline:
        change === "delete"
          ? inline
          : (scene) => scene.workbench.contacts.clickRowAction(scene.row(pointedAt), title),
      key: (scene) => scene.press(key),
      palette: inPalette(title),
    },
    meant: (_, way) => way.meant,
    async answer(scene, means, { candidate, meant }) {
      if (means === "palette" && candidate !== undefined) {
        const items = await scene.workbench.quickInput.itemsWhen((all) =>
          all.some((item) => candidate.test(item)),
        );
        const item = items.find((one) => candidate.test(one)) ?? "";
        scene.said.push(item);
        await scene.workbench.quickInput.pick(item.replace(/ (record in front|selected in .*)$/, ""));
      }
      if (change === "delete")
        await agree(scene, `${verb}${meant.length === 1 ? "" : ` ${meant.length} Contacts`}`);
      await result(scene, done);
    },
  };
}

function byUserData({ change, verb, done }: Wording): SweptCommand {
  const id = {
    lock: commands.contactLockByUserData,
    unlock: commands.contactUnlockByUserData,
    delete: commands.contactDeleteByUserData,
  }[change];
  const title = `${verb} Contacts by UserData…`;
  return {
    ...{ id, title, change },
    run: {
      menu: inMenu("All with This UserData", title),
      inline: "no button in a row",
      key: "no key of the list",
      palette: inPalette(title),
    },
    meant: (means) => (means === "palette" ? [alone] : [pointedAt]),
    async answer(scene, means) {
      const { quickInput } = scene.workbench;
      if (means === "palette") {
        await quickInput.messageWhen(/UserData/);
        await quickInput.type(scene.key(alone));
        await quickInput.accept();
      } else {
        // Another contact has the same UserData; the person takes the one that was pointed at.
        const items = await quickInput.itemsWhen((all) => all.length === 2);
        const own = `Person ${scene.id(pointedAt)} #${scene.id(pointedAt)}`;
        scene.said.push(items.find((item) => item.startsWith(own)) ?? "");
        await quickInput.tick(own);
        await quickInput.accept();
      }
      if (change === "delete") await agree(scene, verb);
      await result(scene, done);
    },
  };
}

function fromList({ change, verb, done }: Wording): SweptCommand {
  const id = { lock: commands.listLock, unlock: commands.listUnlock, delete: commands.listDelete }[change];
  const title = `${verb} Contacts in List…`;
  return {
    ...{ id, title, change },
    run: {
      ...onlyPalette,
      palette: async (scene) => {
        await scene.workbench.copy(linesOf(scene));
        await inPalette(title)(scene);
        await pickIds(scene.workbench, "Clipboard: 2 IDs or UserData");
      },
    },
    meant: () => listed,
    answer: (scene) => answerList(scene, change, verb, done),
  };
}

/** The same from the menu of the view, with the text of an editor as the list. */
function actOnList({ change, verb, done }: Wording): SweptCommand {
  return {
    ...{ id: commands.listAct, title: `Act on List… > ${verb}`, change },
    run: {
      ...onlyPalette,
      palette: async (scene) => {
        const { workbench } = scene;
        const file = join(scene.folder, `list-${scene.id(0)}.txt`);
        await writeFile(file, linesOf(scene));
        await workbench.runCommand("File: Open File...");
        await workbench.quickInput.choosePath(file);
        await workbench.editorLinesWhen(([line]) => line === String(scene.id(alone)));
        await workbench.contacts.overflowMenu("Act on List…");
        await workbench.quickInput.pick(`${verb} contacts in a list on test`);
        await pickIds(workbench, "Whole editor: 2 IDs or UserData");
      },
    },
    meant: () => listed,
    answer: (scene) => answerList(scene, change, verb, done),
  };
}

async function answerList(scene: Scene, change: Change, verb: string, done: string): Promise<void> {
  const { quickInput } = scene.workbench;
  const ids = listed.map((place) => scene.id(place));
  const items = await quickInput.itemsWhen(
    (all) => all.length === 2 && all.every((item) => item.includes("#")),
  );
  if (!items.every((item, at) => item.includes(`#${ids[at] ?? 0}`))) throw new Error(items.join(" | "));
  scene.said.push(items.join("\n"));
  await quickInput.accept();
  if (change === "delete") await agree(scene, `${verb} 2 Contacts`);
  await result(scene, done);
}

function directly({ change, verb, done }: Wording): SweptCommand {
  const title = "Act by UserData Directly…";
  return {
    ...{ id: commands.contactActDirectly, title: `${title} > ${verb}`, change },
    run: { ...onlyPalette, palette: inPalette(title) },
    meant: () => [alone],
    async answer(scene) {
      const { quickInput } = scene.workbench;
      await quickInput.pick(verb);
      await quickInput.messageWhen(/UserData/);
      await quickInput.type(scene.key(alone));
      await quickInput.accept();
      await agree(scene, `${verb} an Arbitrary Match`);
      await result(scene, done);
    },
  };
}

function inMenu(...labels: readonly string[]): (scene: Scene) => Promise<void> {
  return (scene) => scene.workbench.contacts.contextMenu(scene.row(pointedAt), ...labels);
}

function inPalette(title: string): (scene: Scene) => Promise<void> {
  return (scene) => scene.workbench.runCommand(`Dialler: ${title}`);
}

function linesOf(scene: Scene): string {
  return listed.map((place) => `${scene.id(place)}\n`).join("");
}

/** Notes whom the question names, and agrees. */
async function agree(scene: Scene, button: string): Promise<void> {
  const { message, detail } = await scene.workbench.dialog.read();
  scene.said.push(`${message}\n${detail}`);
  await scene.workbench.dialog.click(button);
}

/** Notes whom the result names, in the status bar or in a notification. */
async function result(scene: Scene, done: string): Promise<void> {
  const isOwn = (text: string): boolean => text.startsWith(`${done} `) && scene.namedIn(text).length > 0;
  let texts: string[] = [];
  await until(
    () => `the result; there are: ${texts.join(" | ")}`,
    async () => (texts = await scene.newResults()).some(isOwn),
  );
  scene.said.push(texts.find(isOwn) ?? "");
}
