import { canonicalBaseUrl, isLoopback } from "../../../dialler/api/http/url";
import { type Environment, environments, plainHttpFault } from "../../../dialler/endpoint/endpoint";

/** What a person has entered for an endpoint so far, as typed. It is kept in memory only, because of the token. */
export interface EndpointDraft {
  name: string;
  baseUrl: string;
  environment: Environment | undefined;
  token: string;
  caFile: string | undefined;
}

export function emptyDraft(): EndpointDraft {
  return { name: "", baseUrl: "", environment: undefined, token: "", caFile: undefined };
}

/** A draft with what the settings hold. The token is never read back. */
export function draftOf(name: string, written: Readonly<Record<string, unknown>>): EndpointDraft {
  const { baseUrl, environment, caFile } = written;
  return {
    name,
    baseUrl: typeof baseUrl === "string" ? baseUrl : "",
    environment: environments.find((word) => word === environment) ?? "production",
    token: "",
    caFile: typeof caFile === "string" ? caFile : undefined,
  };
}

/** The value for the settings; members that are not asked about stay as they are written. */
export function settingOf(
  { baseUrl, environment, caFile }: EndpointDraft,
  written: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const canonical = canonicalUrl(baseUrl);
  const plainHttp = canonical.startsWith("http:") && !isLoopback(canonical);
  return {
    ...written,
    baseUrl: canonical,
    environment,
    ...(caFile === undefined ? {} : { caFile }),
    ...(plainHttp ? { allowHttp: true } : {}),
  };
}

/** Takes a base URL as typed. A token typed for another base URL must not be sent to this one, so it is dropped. */
export function enterBaseUrl(draft: EndpointDraft, typed: string): void {
  if (canonicalUrl(typed) !== canonicalUrl(draft.baseUrl)) draft.token = "";
  draft.baseUrl = typed;
}

/** Empty if it is not usable. */
export function canonicalUrl(typed: string): string {
  const base = canonicalBaseUrl(typed);
  return base.ok ? base.url : "";
}

/** Whether the path is not that of a dialler's REST interface; such a server may still stand behind another path. */
export function lacksDiallerPath(baseUrl: string): boolean {
  return !/\/rest\/v1\.0\/[0-9]+\/?$/.test(canonicalUrl(baseUrl));
}

/**
 * The environments that the base URL may have, the one to preselect first: what was chosen before, else production, or
 * development for a loopback address, which is hardly ever production.
 */
export function environmentsFor(baseUrl: string, chosen?: Environment): Environment[] {
  const url = canonicalUrl(baseUrl);
  const ordered = isLoopback(url) ? [...environments].reverse() : [...environments];
  const allowed = ordered.filter((environment) => plainHttpFault(url, environment, true) === undefined);
  return [...allowed.filter((word) => word === chosen), ...allowed.filter((word) => word !== chosen)];
}
