import * as vscode from "vscode";
import { explain } from "../../../dialler/api/explain";
import { UntrustedServer } from "../../../dialler/api/http/connectionErrors";
import { checkEndpoint } from "../../../dialler/endpoint/checkEndpoint";
import { UnusableEndpoint } from "../../../dialler/endpoint/connect";
import { type ServerEndpoint, tokenFromInput } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { canonicalUrl, type EndpointDraft } from "./endpointDraft";

interface Failure {
  readonly sentence: string;
  /** Another certification authority may help. */
  readonly mayChooseCaFile: boolean;
}

/**
 * Tests the endpoint of a complete draft, again after a CA file was chosen. `usable`: it works, or is saved anyway;
 * `again`: the person changes the entries.
 */
export async function checkDraft(parts: Parts, draft: EndpointDraft): Promise<"usable" | "again"> {
  for (;;) {
    const failure = await tryOut(parts, draft);
    if (failure === undefined) return "usable";
    const answer = await parts.ask.afterFailedCheck(
      parts.secrets.redact(failure.sentence),
      failure.mayChooseCaFile,
    );
    if (answer === "save") return "usable";
    if (answer !== "chooseCaFile") return "again";
    draft.caFile = (await chooseCaFile()) ?? draft.caFile;
  }
}

async function chooseCaFile(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t("Choose CA File"),
      openLabel: l10n.t("Trust for This Endpoint"),
      canSelectMany: false,
    })) ?? [];
  return uri?.fsPath;
}

/** Why the endpoint cannot be used; undefined when it can. */
async function tryOut(parts: Parts, draft: EndpointDraft): Promise<Failure | undefined> {
  const { name, environment = "production", caFile } = draft;
  const baseUrl = canonicalUrl(draft.baseUrl);
  const endpoint: ServerEndpoint = { kind: "server", name, baseUrl, environment, readOnly: false, caFile };
  const token = tokenFromInput(draft.token) ?? (await parts.vault.tokenOf(baseUrl)) ?? "";
  const title = l10n.t("Checking {endpoint}", { endpoint: plainText(name, 40) });
  return parts.progress.cancellable(title, async (_report, signal) => {
    try {
      const connection = await parts.connector.connect(endpoint, token);
      const { failure } = await checkEndpoint(connection, signal);
      connection.dispose();
      return failure && failureOf(failure.error, caFile !== undefined);
    } catch (error) {
      return failureOf(error, caFile !== undefined);
    }
  });
}

function failureOf(error: unknown, hasCaFile: boolean): Failure {
  // Also a file that is no certificate is chosen again.
  if (error instanceof UnusableEndpoint) return { sentence: error.message, mayChooseCaFile: hasCaFile };
  const mayChooseCaFile = error instanceof UntrustedServer && error.isUnknownAuthority;
  return { sentence: explain(error).sentence, mayChooseCaFile };
}
