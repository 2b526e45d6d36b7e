import { parsedUrl } from "../api/http/parsedUrl";
import * as l10n from "../../l10n";

export type ExternalLink =
  | { readonly ok: true; readonly url: string; readonly host: string }
  /** `bySetting`: a setting can allow it. */
  | { readonly ok: false; readonly why: string; readonly bySetting: boolean };

/**
 * Whether a link from the server may be opened: only `https:`, or `http:` if a setting allows it, and without a user
 * name. Other links could run a command, open a file or start a program.
 */
export function readExternalLink(text: string, allowHttp: boolean): ExternalLink {
  const no = (why: string, bySetting = false): ExternalLink => ({ ok: false, why, bySetting });
  const trimmed = text.trim();
  if (trimmed === "") return no(l10n.t("This contact has no external link."));
  const url = parsedUrl(trimmed);
  if (url === undefined) return no(l10n.t("The external link is not a URL and was not opened."));
  const allowed = url.protocol === "https:" || (allowHttp && url.protocol === "http:");
  if (!allowed) {
    return url.protocol === "http:"
      ? no(
          l10n.t(
            "The external link uses http and was not opened. The setting dialler.links.allowHttp allows it.",
          ),
          true,
        )
      : no(l10n.t("The external link does not begin with https: and was not opened."));
  }
  if (url.username !== "" || url.password !== "") {
    return no(l10n.t("The external link contains a user name or password and was not opened."));
  }
  return { ok: true, url: url.href, host: url.host };
}
