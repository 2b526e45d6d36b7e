import type { Workbench } from "./workbench";

/** Presses keys without waiting for anything between them, as quick fingers and held keys do. */
export async function pressAtOnce(
  { page: { keyboard } }: Workbench,
  combinations: readonly string[],
): Promise<void> {
  const strokes = combinations.flatMap((combination) => {
    const keys = combination.split("+");
    return [...keys.map((key) => keyboard.down(key)), ...keys.toReversed().map((key) => keyboard.up(key))];
  });
  await Promise.all(strokes);
}
