import * as l10n from "../../../l10n";
import { parsedUrl } from "./parsedUrl";

/** A usable base URL in its canonical spelling, or the reason why it is not usable. */
export type BaseUrl =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly why: string };

/**
 * Reads a base URL as typed. The canonical spelling ends with `/`, so that paths are appended and never replace the
 * client number. It is also the key under which the token is stored.
 */
export function canonicalBaseUrl(typed: string): BaseUrl {
  const no = (why: string): BaseUrl => ({ ok: false, why });
  const text = typed.trim();
  if (text === "") return no(l10n.t("The base URL is missing. It looks like https://host/rest/v1.0/7."));
  const url = parsedUrl(text);
  if (url === undefined) return no(l10n.t("This is not a URL. It looks like https://host/rest/v1.0/7."));
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return no(l10n.t("A base URL starts with https:// or http://."));
  }
  if (url.username !== "" || url.password !== "") {
    return no(l10n.t("A base URL contains no user name or password. You enter the token separately."));
  }
  if (text.includes("?") || text.includes("#")) {
    return no(l10n.t("A base URL contains no “?” or “#”. It ends with the client number."));
  }
  // Checked in the typed text, because parsing a URL resolves dotted segments.
  const dotted = /[/\\](?:\.|%2e){1,2}(?:[/\\]|$)/i.test(text);
  if (dotted || url.pathname.includes("//") || /%(2e|2f|5c)/i.test(url.pathname)) {
    return no(l10n.t("The path of the base URL contains empty, dotted or encoded parts."));
  }
  return { ok: true, url: url.href.endsWith("/") ? url.href : `${url.href}/` };
}

/** Whether the host is this computer, where plain http is safe. */
export function isLoopback(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname;
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/**
 * The URL of a call: the canonical `baseUrl` plus `segments`, each encoded as exactly one path segment.
 * @throws Error if the result would leave the base URL, which is a bug and never caused by user input
 */
export function urlBelow(
  baseUrl: string,
  segments: readonly (string | number)[],
  query: Readonly<Record<string, string | number | boolean>> = {},
): string {
  const path = segments.map((segment) => encodeURIComponent(segment)).join("/");
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const url = new URL(baseUrl + path + (search === "" ? "" : `?${search}`));
  const expected = new URL(baseUrl).pathname.split("/").length - 1 + segments.length;
  // A final "." would be dropped without changing the number of segments.
  const dotted = segments.some((segment) => /^\.{0,2}$/.test(String(segment)));
  if (dotted || !url.href.startsWith(baseUrl) || url.pathname.split("/").length !== expected) {
    throw new Error("A request would have left the base URL; it was not sent.");
  }
  return url.href;
}
