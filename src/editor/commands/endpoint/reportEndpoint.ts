import { checkEndpoint } from "../../../dialler/endpoint/checkEndpoint";
import { checkPaths } from "../../../dialler/endpoint/checkPaths";
import * as l10n from "../../../l10n";
import { checkMarkdown } from "../../view/document/checkReport";
import { plainText } from "../../shown/plainText";
import { activeConnection } from "../call/activeConnection";
import type { Parts } from "../call/parts";

/**
 * Checks the active endpoint step by step; the steps go to the output channel and a report, the verdict to a
 * notification.
 */
export async function reportEndpoint(parts: Parts): Promise<void> {
  const connection = await activeConnection(parts);
  const { name } = connection.endpoint;
  const endpoint = plainText(name, 40);
  const remarks = parts.endpoints.remarksOn(name);
  const { steps: checked, failure } = await parts.progress.inView(async () => {
    const check = await checkEndpoint(connection);
    if (check.failure !== undefined) return check;
    return { ...check, steps: [...check.steps, ...(await checkPaths(connection))] };
  });
  const steps = [...remarks.map((detail) => ({ name: l10n.t("Settings"), ok: false, detail })), ...checked];
  for (const step of steps) {
    parts.channel.say(
      step.ok ? "info" : "warning",
      `${name} check ${step.ok ? "ok" : "failed"} ${step.name}: ${step.detail}`,
    );
  }
  // Redacted before the text becomes Markdown, whose escapes would split a token.
  const shownSteps = steps.map((step) => ({ ...step, detail: parts.discreet(step.detail) }));
  const verdict =
    failure === undefined
      ? l10n.t("The endpoint {endpoint} works.", { endpoint })
      : plainText(parts.discreet(failure.explanation.sentence), 500);
  await parts.documents.showText(
    l10n.t("Endpoint Check"),
    checkMarkdown(endpoint, verdict, shownSteps),
    "md",
  );
  const next = failure?.explanation.next ?? (remarks.length > 0 ? "openSettings" : "showLog");
  void parts.notify({
    level: failure === undefined ? (remarks.length > 0 ? "warning" : "information") : "error",
    sentence: [verdict, ...(failure === undefined ? remarks : [])]
      .map((text) => plainText(text, 500))
      .join(" "),
    steps: [next === "checkEndpoint" ? "showLog" : next],
  });
}
