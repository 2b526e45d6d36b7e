import type { QuickInput } from "vscode";

/**
 * Shows a quick pick or input box until it is answered or dismissed, then disposes of it. `wire` listens to it and
 * calls `finish` with the answer. Undefined: it was dismissed.
 */
export function answered<Answer>(
  box: QuickInput,
  wire: (finish: (answer: Answer) => void) => void,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let given: Answer | undefined;
    box.onDidHide(() => {
      box.dispose();
      resolve(given);
    });
    wire((answer) => {
      given = answer;
      box.hide();
    });
    box.show();
  });
}
