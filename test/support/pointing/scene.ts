import assert from "node:assert/strict";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import { contact, type SmallDialler } from "../dialler/smallDialler";
import { focusedRowWhen } from "../workbench/focusedRow";
import type { Workbench } from "../workbench/workbench";

/** How many contacts a case has; their places are 1 to 9. */
const people = 9;

/** The place of the contact that every way points at. */
export const pointedAt = 5;
/** The place of another one, whose UserData is typed. */
export const alone = 3;
/** The places of those on a list. */
export const listed: readonly number[] = [alone, 6];

/**
 * One case: a window and a server with nine contacts whose IDs were never there before, so that no message of an earlier
 * case names them.
 */
export class Scene {
  /** The texts that told the person whom the command concerns: questions, picked items, the result. */
  readonly said: string[] = [];
  #before: ReadonlyMap<number, WireRecord> = new Map();
  #changesBefore = 0;
  #resultsBefore: readonly string[] = [];

  private constructor(
    readonly workbench: Workbench,
    readonly dialler: SmallDialler,
    /** Where the case may put files. */
    readonly folder: string,
    private readonly base: number,
  ) {}

  static async open(
    workbench: Workbench,
    dialler: SmallDialler,
    folder: string,
    number: number,
    bLocked: boolean,
  ): Promise<Scene> {
    const scene = new Scene(workbench, dialler, folder, number * 100);
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Notifications: Clear All Notifications");
    dialler.contacts.clear();
    for (let place = 1; place <= people; place++) {
      const ID = scene.id(place);
      // The last one shares its UserData with the one that is pointed at.
      const key = scene.id(place === people ? pointedAt : place);
      dialler.contacts.set(ID, contact({ ID, Name: `Person ${ID}`, UserData: `KEY-${key}`, bLocked }));
    }
    await workbench.runCommand("Dialler: Refresh Contacts");
    const ids = [...dialler.contacts.keys()];
    await workbench.contacts.rowsWhen(
      (rows) => rows.length === people && ids.every((id, at) => rows[at]?.startsWith(`Person ${id} `)),
    );
    return scene;
  }

  id(place: number): number {
    return this.base + place;
  }

  /** The label of the contact's row. */
  row(place: number): string {
    return `Person ${this.id(place)}`;
  }

  key(place: number): string {
    return `KEY-${this.id(place)}`;
  }

  /** Clicks a row. A hover may lie above it, which goes with the pointer only. */
  async click(place: number, modifier?: "ControlOrMeta"): Promise<void> {
    await this.workbench.movePointerAway();
    await this.workbench.contacts.select(this.row(place), modifier);
  }

  async press(key: string): Promise<void> {
    await this.workbench.page.keyboard.press(key);
  }

  /** Waits until the next key acts on this contact. */
  async focusedOn(place: number): Promise<void> {
    await focusedRowWhen(this.workbench, this.row(place));
  }

  /** From here on every change counts, and results that are shown already do not. */
  async begin(): Promise<void> {
    this.#resultsBefore = await this.results();
    this.#before = new Map(this.dialler.contacts);
    this.#changesBefore = this.dialler.changing().length;
  }

  /** The results that have come since: in the status bar and in notifications. */
  async newResults(): Promise<string[]> {
    return (await this.results()).filter((text) => !this.#resultsBefore.includes(text));
  }

  private async results(): Promise<string[]> {
    const { notifications } = this.workbench;
    const messages = (await notifications.shown()).map(({ message }) => message);
    return [...(await this.workbench.statusBar()), ...messages];
  }

  /** The places of the contacts that are no longer as they were when the case began. */
  changed(): number[] {
    const { contacts } = this.dialler;
    return [...this.#before]
      .filter(([id, record]) => contacts.get(id) !== record)
      .map(([id]) => id - this.base);
  }

  /** How many requests have asked the server to change something since. */
  changes(): number {
    return this.dialler.changing().length - this.#changesBefore;
  }

  /** The contacts of this case that a text names, by name or UserData. */
  namedIn(text: string): number[] {
    const ids = [...text.matchAll(/(?:Person |KEY-)(\d+)/g)].map(([, id]) => Number(id));
    return [...new Set(ids)].filter((id) => id > this.base && id <= this.base + people).sort((a, b) => a - b);
  }

  /** Every text names exactly these, and exactly these were changed, each by one request. */
  assertOnly(places: readonly number[]): void {
    const ids = places.map((place) => this.id(place));
    assert.deepEqual(this.changed(), places);
    assert.equal(this.changes(), places.length);
    assert.ok(this.said.length > 0);
    for (const text of this.said) assert.deepEqual(this.namedIn(text), ids, text);
  }
}
