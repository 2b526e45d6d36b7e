// What holds in every set-up, whatever the proxy does: an outcome never says less or more than what happened.
import type { WireRecord } from "../../src/dialler/api/record/wire";
import { recordedAction } from "../../src/dialler/runs/recordedAction";
import { lockLeftByRun, resultsOf } from "../../src/dialler/runs/runResults";
import type { Scene } from "./scene";

type Contacts = ReadonlyMap<number, WireRecord>;

/** A sentence for every rule that was broken. `before`: the contacts before anything was done. */
export async function brokenRules(scene: Scene, before: Contacts): Promise<string[]> {
  const now = await scene.dialler.contacts();
  const touched = new Set<number>();
  const problems: string[] = [];
  for (const run of scene.runs) problems.push(...(await brokenByRun(scene, run, now, touched)));
  problems.push(...brokenByImports(scene, now, touched));
  for (const [id, record] of before) {
    if (touched.has(id)) continue;
    const there = now.get(id);
    if (there === undefined) problems.push(`#${id} was not named, but is gone`);
    else if (there.bLocked !== record.bLocked) problems.push(`#${id} was not named, but its lock changed`);
  }
  for (const id of now.keys()) {
    if (!before.has(id) && !touched.has(id)) problems.push(`#${id} was created, but not reported`);
  }
  if ((await scene.everyText()).includes(scene.dialler.token)) problems.push("the token stands in a text");
  return problems;
}

async function brokenByRun(
  scene: Scene,
  run: string,
  now: Contacts,
  touched: Set<number>,
): Promise<string[]> {
  const snapshot = await scene.history.snapshot(run);
  const restorable = new Set(await scene.restorable(run));
  const removes = recordedAction(snapshot.plan.action).keepsRecord;
  const wanted = lockLeftByRun(snapshot) === "locked";
  return resultsOf(snapshot).flatMap(({ id = 0, outcome }, item) => {
    touched.add(id);
    const { restored } = snapshot.items[item] ?? {};
    if (restored?.newId !== undefined) touched.add(restored.newId);
    // The others of a contact that was created twice are named.
    for (const [, named] of restored?.reason?.matchAll(/#(\d+)/g) ?? []) touched.add(Number(named));
    const record = now.get(id);
    const isDone = removes ? record === undefined : (record?.bLocked === true) === wanted;
    const saysDone = ["done", "gone", "notFound"].includes(outcome);
    const saysNot = ["failed", "skipped", "notAttempted"].includes(outcome);
    return [
      ...(saysDone && !isDone ? [`#${id} is ${outcome}, but the dialler has not done it`] : []),
      ...(saysNot && isDone ? [`#${id} is ${outcome}, but the dialler has done it`] : []),
      ...(removes && isDone && !restorable.has(item) && restored?.outcome !== "done"
        ? [`#${id} is deleted and cannot be restored`]
        : []),
      ...(restored?.outcome === "done" && !now.has(restored.newId ?? 0)
        ? [`#${id} is said to be restored, but is not`]
        : []),
    ];
  });
}

function brokenByImports(scene: Scene, now: Contacts, touched: Set<number>): string[] {
  return scene.rows.flatMap(({ items, results }) => {
    const counts =
      items.length === results.length ? [] : [`${results.length} results of ${items.length} rows`];
    return [
      ...counts,
      ...results.flatMap(({ userData, outcome, id = 0, reason = "" }) => {
        const made = [...now].filter(([, { UserData }]) => UserData === userData).map(([made]) => made);
        for (const one of made) touched.add(one);
        const isNamed = made.every((one) => made.length < 2 || reason.includes(`#${one}`));
        return [
          ...(outcome === "done" && !made.includes(id) ? [`${userData ?? ""} is done, but not there`] : []),
          ...(["failed", "notAttempted"].includes(outcome) && made.length > 0
            ? [`${userData ?? ""} is ${outcome}, but was created`]
            : []),
          ...(outcome === "done" && !isNamed
            ? [`${userData ?? ""} was created ${made.length} times, which is not said`]
            : []),
        ];
      }),
    ];
  });
}
