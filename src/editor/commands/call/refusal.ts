import type { NextStep } from "../../../dialler/api/http/apiError";
import type { Contact } from "../../../dialler/api/record/contact";
import type { Connection } from "../../../dialler/endpoint/connect";
import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";

/** The step that helps when a command does not begin; the view offers the same steps in its welcome text. */
export type RefusalStep =
  NextStep | "addEndpoint" | "switchEndpoint" | "manageTrust" | "openSettingsJson" | "refreshContacts";

/**
 * A command that does not begin, with the sentence that says why and the step that helps. Nothing was sent. `logged`:
 * the sentence for the output channel, which holds IDs and counts only; left out, the shown one is logged.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    sentence: string,
    readonly next?: RefusalStep,
    readonly logged = sentence,
  ) {
    super(sentence);
  }
}

/** For a server whose look-up by UserData cannot be trusted. */
export function cannotLookUp(): Refusal {
  return new Refusal(
    l10n.t(
      "The server could not say which contacts have this UserData. Nothing was sent. Use the ID, or the command that acts by UserData directly.",
    ),
  );
}

/** Called again before anything is asked or looked up. @throws Refusal */
export function refuseReadOnly({ endpoint }: Connection): void {
  if (!endpoint.readOnly) return;
  const values = { endpoint: plainText(endpoint.name, 40) };
  throw new Refusal(
    l10n.t("The endpoint {endpoint} is read-only. Nothing was sent.", values),
    "openSettings",
  );
}

/** Why a contact is not acted on. */
export function unusableReason(contact: Contact | undefined): string {
  return contact === undefined
    ? l10n.t("no longer listed")
    : l10n.t("the ID {id} cannot be sent", { id: plainText(contact.idText, 20) });
}
