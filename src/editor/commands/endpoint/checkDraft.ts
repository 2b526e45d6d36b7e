import * as vscode from "vscode";
import { explain } from "../../../dialler/api/explain";
import { Unreachable, UntrustedServer } from "../../../dialler/api/http/connectionErrors";
import { NoSuchPath } from "../../../dialler/api/http/replyErrors";
import { checkEndpoint } from "../../../dialler/endpoint/checkEndpoint";
import { UnusableEndpoint } from "../../../dialler/endpoint/connect";
import { type ServerEndpoint, tokenFromInput } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Parts } from "../call/parts";
import { canonicalUrl, type EndpointDraft } from "./endpointDraft";

interface Failure {
  readonly sentence: string;
  /** What may help better than another token. */
  readonly helps: "caFile" | "baseUrl" | undefined;
}

/**
 * Tests the endpoint of a complete draft, again after a CA file was chosen. `usable`: it works, or is saved anyway;
 * else the entry that the person changes.
 */
export async function checkDraft(
  parts: Parts,
  draft: EndpointDraft,
): Promise<"usable" | "baseUrl" | "token"> {
  for (;;) {
    const failure = await tryOut(parts, draft);
    if (failure === undefined) return "usable";
    const answer = await parts.ask.afterFailedCheck(
      draft.name,
      parts.secrets.redact(failure.sentence),
      failure.helps,
    );
    if (answer === "save") return "usable";
    if (answer === "baseUrl") return "baseUrl";
    if (answer !== "caFile") return "token";
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
  if (error instanceof UnusableEndpoint)
    return { sentence: error.message, helps: hasCaFile ? "caFile" : undefined };
  return { sentence: explain(error).sentence, helps: helpFor(error) };
}

function helpFor(error: unknown): Failure["helps"] {
  if (error instanceof UntrustedServer) return error.isUnknownAuthority ? "caFile" : "baseUrl";
  // No proxy is reached by another base URL.
  const isAddress = error instanceof Unreachable && error.code !== "PROXY";
  return isAddress || error instanceof NoSuchPath ? "baseUrl" : undefined;
}
