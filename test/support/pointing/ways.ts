import { until } from "../workbench/until";
import { pointedAt, type Scene } from "./scene";

/** What a person uses to run a command. */
export type Means = "menu" | "inline" | "key" | "palette";

/** A way of pointing at the contact in the middle. */
export interface Way {
  readonly title: string;
  /** What runs the command then, the preferred one first. */
  readonly means: readonly Means[];
  /** The item of the palette's question that names what was pointed at. */
  readonly candidate?: RegExp;
  readonly meant: readonly number[];
  point(scene: Scene): Promise<void>;
}

const elsewhere = 2;
const before = pointedAt - 1;
const after = pointedAt + 1;
const meant = [pointedAt];

export const ways: readonly Way[] = [
  {
    title: "context menu of a row that is not selected",
    means: ["menu"],
    meant,
    point: (scene) => scene.click(elsewhere),
  },
  {
    title: "inline button of a row that is not selected",
    means: ["inline"],
    meant,
    point: (scene) => scene.click(elsewhere),
  },
  {
    title: "list key, focus beside the selection",
    means: ["key"],
    meant,
    async point(scene) {
      await scene.click(before);
      await scene.press("ArrowDown");
      await scene.focusedOn(pointedAt);
    },
  },
  {
    title: "palette, record in front",
    means: ["palette"],
    candidate: /record in front$/,
    meant,
    async point(scene) {
      await scene.click(pointedAt);
      await scene.press("Enter");
      await recordInFront(scene, pointedAt);
      await scene.click(elsewhere, "ControlOrMeta");
      // Takes the row of the record out of the selection.
      await scene.workbench.movePointerAway();
      const own = (await scene.workbench.contacts.row(scene.row(pointedAt))).locator(".label-name");
      await own.click({ modifiers: ["ControlOrMeta"] });
    },
  },
  {
    title: "palette, selection",
    means: ["palette"],
    candidate: /selected in the Contacts view$/,
    meant: [pointedAt, after],
    async point(scene) {
      await scene.click(pointedAt);
      await recordInFront(scene, pointedAt);
      await scene.click(after, "ControlOrMeta");
    },
  },
  {
    title: "after Find",
    means: ["key", "menu", "palette"],
    meant,
    async point(scene) {
      const { quickInput } = scene.workbench;
      await scene.click(elsewhere);
      await scene.workbench.runCommand("Dialler: Find Contact…");
      await quickInput.type(String(scene.id(pointedAt)));
      await quickInput.itemsWhen(([first]) => first?.startsWith(`Person ${scene.id(pointedAt)} `) === true);
      await quickInput.accept();
      await scene.focusedOn(pointedAt);
    },
  },
  {
    title: "after a delete",
    means: ["key", "menu", "palette"],
    meant,
    async point(scene) {
      await scene.click(before);
      await scene.press("Delete");
      await scene.workbench.dialog.click("Delete");
      await scene.workbench.notifications.read(new RegExp(`^Deleted Person ${scene.id(before)} `));
      await scene.focusedOn(pointedAt);
    },
  },
];

/** Waits until the record is in the active tab. Newer versions show the ending of its name apart. */
async function recordInFront(scene: Scene, place: number): Promise<void> {
  const tab = scene.workbench.page.locator(".part.editor .tab.active .label-name");
  await until("the record in front", async () =>
    (await tab.allInnerTexts()).join().startsWith(`${scene.id(place)} (test)`),
  );
}
