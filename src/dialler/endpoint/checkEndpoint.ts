import { lookup } from "node:dns/promises";
import { performance } from "node:perf_hooks";
import * as l10n from "../../l10n";
import { explain } from "../api/explain";
import type { Explanation } from "../api/http/apiError";
import { NoSuchPath } from "../api/http/replyErrors";
import type { Connection } from "./connect";

/** One checked item. `detail` may contain server text and is raw. */
export interface CheckStep {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface EndpointCheck {
  readonly steps: readonly CheckStep[];
  /** Why the endpoint cannot be used; undefined if it can. */
  readonly failure: { readonly error: unknown; readonly explanation: Explanation } | undefined;
}

/**
 * Checks an endpoint step by step: name, address, TLS, token, paths, latency. Reads one list of campaigns and changes
 * nothing. Never throws; the result contains no secret.
 */
export async function checkEndpoint(connection: Connection, signal?: AbortSignal): Promise<EndpointCheck> {
  const url = new URL(connection.baseUrl);
  const steps: CheckStep[] = [{ name: l10n.t("Base URL"), ok: true, detail: connection.baseUrl }];
  const host = url.hostname.replace(/^\[|\]$/g, "");
  try {
    const { address } = await lookup(host);
    steps.push({ name: l10n.t("Name"), ok: true, detail: `${host} → ${address}` });
  } catch (cause) {
    // Behind a proxy only the proxy may be able to resolve the name, so the request itself decides.
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    steps.push({
      name: l10n.t("Name"),
      ok: false,
      detail: l10n.t("{host} could not be resolved ({code})", { host, code }),
    });
  }
  const startedAt = performance.now();
  try {
    const answered = await firstAnswer(connection, signal);
    const ms = Math.round(performance.now() - startedAt);
    const tls = url.protocol === "https:" ? l10n.t("certificate trusted") : l10n.t("not used, plain http");
    steps.push({ name: "TLS", ok: true, detail: tls });
    steps.push({ name: l10n.t("Token"), ok: true, detail: l10n.t("accepted") });
    steps.push({ name: l10n.t("Paths"), ok: true, detail: answered });
    steps.push({ name: l10n.t("Latency"), ok: true, detail: `${ms} ms` });
    return { steps, failure: undefined };
  } catch (error) {
    const explanation = explain(error);
    steps.push({ name: l10n.t("Request"), ok: false, detail: explanation.sentence });
    return { steps, failure: { error, explanation } };
  }
}

async function firstAnswer({ client }: Connection, signal: AbortSignal | undefined): Promise<string> {
  try {
    const campaigns = await client.listCampaigns({ signal });
    const count = campaigns.length;
    return count === 1 ? l10n.t("1 campaign") : l10n.t("{count} campaigns", { count: l10n.number(count) });
  } catch (error) {
    if (!(error instanceof NoSuchPath)) throw error;
    // The server has no campaigns. The first batch shows whether it has contacts.
    for await (const batch of client.listContacts(undefined, { signal })) {
      const count = batch.records.length;
      return count === 1
        ? l10n.t("no campaigns; 1 contact in the first batch")
        : l10n.t("no campaigns; {count} contacts in the first batch", { count: l10n.number(count) });
    }
    return l10n.t("no campaigns");
  }
}
