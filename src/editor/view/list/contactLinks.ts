import type { Contact } from "../../../dialler/api/record/contact";
import type { Endpoint } from "../../../dialler/endpoint/endpoint";
import { contactActions } from "../../../dialler/runs/contactAction";
import * as l10n from "../../../l10n";
import { commands, fromLink } from "../../../manifest";

/** The only commands that a link of ours runs. */
export const linkedCommands: readonly string[] = [
  commands.contactOpen,
  commands.contactCopyId,
  commands.contactLock,
  commands.contactUnlock,
];

/**
 * Markdown links that act on a contact, with nothing of the server in them but its ID. Empty for an ID that cannot be
 * sent; on a read-only endpoint none changes anything.
 */
export function contactLinks(
  { id, lock }: Pick<Contact, "id" | "lock">,
  { name, readOnly }: Pick<Endpoint, "name" | "readOnly">,
): string {
  if (id === undefined) return "";
  const link = (label: string, command: string): string =>
    `[${label}](command:${command}?${argumentText({ ids: [id], endpoint: name })})`;
  const links = [link(l10n.t("Open"), commands.contactOpen), link(l10n.t("Copy ID"), commands.contactCopyId)];
  if (!readOnly && lock !== "locked") links.push(link(contactActions.lock.button(1), commands.contactLock));
  if (!readOnly && lock !== "unlocked")
    links.push(link(contactActions.unlock.button(1), commands.contactUnlock));
  return links.join(" · ");
}

/**
 * The arguments of a command in a link. Every character that Markdown or a URI could take for its own is written as a
 * JSON escape, also because VS Code decodes percent signs more than once.
 */
function argumentText(argument: { readonly ids: readonly number[]; readonly endpoint: string }): string {
  const json = JSON.stringify([argument, fromLink]).replace(
    /[^\w{}[\]":,\\]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return encodeURIComponent(json);
}
