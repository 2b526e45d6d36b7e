import type { CheckStep } from "../../../dialler/endpoint/checkEndpoint";
import * as l10n from "../../../l10n";
import { markdownTable, markdownText } from "../../shown/markdownText";

/** The check of an endpoint as Markdown. `verdict`: the sentence that says whether it works. */
export function checkMarkdown(endpoint: string, verdict: string, steps: readonly CheckStep[]): string {
  return [
    `# ${markdownText(l10n.t("Check of {endpoint}", { endpoint }))}`,
    "",
    markdownText(verdict),
    "",
    ...markdownTable(
      ["", l10n.t("Check"), l10n.t("Result")],
      steps.map(({ name, ok, detail }) => [ok ? "✓" : "✗", name, detail]),
    ),
    "",
  ].join("\n");
}
