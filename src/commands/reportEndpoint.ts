import * as vscode from "vscode";
import { checkEndpoint } from "../endpoint/checkEndpoint";
import * as l10n from "../l10n";
import { views } from "../manifest";
import { plainText } from "../view/plainText";
import { connectionNow } from "./connectionNow";
import { offer } from "./offer";
import type { Parts } from "./parts";

/** Looks at the active endpoint step by step; the steps go to the output channel, the verdict to a notification. */
export async function reportEndpoint(parts: Parts): Promise<void> {
  const connection = await connectionNow(parts);
  const name = connection.endpoint.name;
  const { steps, failure } = await vscode.window.withProgress(
    {
      location: { viewId: views.contacts },
      title: l10n.t("Checking {endpoint}", { endpoint: plainText(name, 40) }),
    },
    () => checkEndpoint(connection),
  );
  for (const step of steps) {
    parts.channel.say(
      step.ok ? "info" : "warning",
      `${name} check ${step.ok ? "ok" : "failed"} ${step.name}: ${step.detail}`,
    );
  }
  if (failure === undefined) {
    void offer(
      "information",
      l10n.t("The endpoint {endpoint} works.", { endpoint: plainText(name, 40) }),
      "showLog",
    );
  } else {
    const sentence = plainText(parts.discreet(failure.explanation.sentence), 500);
    void offer(
      "error",
      sentence,
      failure.explanation.next === "checkEndpoint" ? "showLog" : failure.explanation.next,
    );
  }
}
