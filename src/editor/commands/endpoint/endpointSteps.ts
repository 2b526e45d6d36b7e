import { canonicalBaseUrl, isLoopback } from "../../../dialler/api/http/url";
import { type Environment, nameFault, tokenFromInput } from "../../../dialler/endpoint/endpoint";
import * as l10n from "../../../l10n";
import { nameOf } from "../../settings/endpointSettings";
import { plainText } from "../../shown/plainText";
import { environmentWord } from "../../view/endpointStatus";
import type { Parts } from "../call/parts";
import {
  canonicalUrl,
  type EndpointDraft,
  enterBaseUrl,
  environmentsFor,
  lacksDiallerPath,
} from "./endpointDraft";
import { pickStep, type StepPlace, textStep } from "./stepBoxes";
import type { StepEnd } from "./walkSteps";

/** The places of the steps to which a failed check leads back. */
export const placeOfStep = { baseUrl: 1, token: 3 } as const;
const totalSteps = 4;

/** The steps that fill a draft. `oldName`: the endpoint that is edited. Whatever is typed is kept in the draft. */
export function endpointSteps(
  parts: Pick<Parts, "endpoints" | "vault">,
  title: string,
  draft: EndpointDraft,
  oldName?: string,
): readonly (() => Promise<StepEnd>)[] {
  const at = (step: number): StepPlace => ({ title, step, totalSteps });
  return [
    () => nameStep(at(1), parts, draft, oldName),
    () => baseUrlStep(at(2), draft),
    () => environmentStep(at(3), draft),
    () => enterTokenStep(at(4), parts, draft),
  ];
}

function nameStep(
  place: StepPlace,
  { endpoints }: Pick<Parts, "endpoints">,
  draft: EndpointDraft,
  oldName: string | undefined,
): Promise<StepEnd> {
  const used = new Set(endpoints.all.map(nameOf).filter((name) => name !== oldName));
  return textStep({
    ...place,
    prompt: l10n.t("A name for the endpoint, as it will be shown in every confirmation"),
    placeholder: "production",
    value: draft.name,
    fault: (value) =>
      nameFault(value) ??
      (used.has(value) ? l10n.t("An endpoint with this name already exists.") : undefined),
    keep: (value) => void (draft.name = value),
  });
}

function baseUrlStep(place: StepPlace, draft: EndpointDraft): Promise<StepEnd> {
  return textStep({
    ...place,
    prompt: l10n.t("The base URL, ending with the client number"),
    placeholder: "https://dialler.example.com/rest/v1.0/7",
    value: draft.baseUrl,
    fault: (value) => {
      const base = canonicalBaseUrl(value);
      return base.ok ? undefined : base.why;
    },
    doubt: (value) =>
      lacksDiallerPath(value)
        ? l10n.t(
            "This address does not end with /rest/v1.0/ and a client number, for example {path}. Press Enter again to use it anyway.",
            { path: "/rest/v1.0/7" },
          )
        : undefined,
    keep: (value) => enterBaseUrl(draft, value),
  });
}

function environmentStep(place: StepPlace, draft: EndpointDraft): Promise<StepEnd> {
  const url = canonicalUrl(draft.baseUrl);
  return pickStep({
    ...place,
    placeholder:
      url.startsWith("https:") || isLoopback(url)
        ? l10n.t("What is this endpoint used for?")
        : l10n.t("Over http, the token can be read on its way; such an endpoint is never production."),
    items: environmentsFor(draft.baseUrl, draft.environment).map((environment) => ({
      label: environmentWord(environment),
      description: environmentHint(environment),
      environment,
    })),
    keep: ({ environment }) => void (draft.environment = environment),
  });
}

function environmentHint(environment: Environment): string {
  return environment === "production"
    ? l10n.t("warns in the status bar, asks more often, sends more carefully")
    : "";
}

/** A token that is stored for exactly this base URL may be kept; a changed base URL has none. */
async function enterTokenStep(
  place: StepPlace,
  { vault }: Pick<Parts, "vault">,
  draft: EndpointDraft,
): Promise<StepEnd> {
  const isStored = (await vault.tokenOf(canonicalUrl(draft.baseUrl))) !== undefined;
  const values = { endpoint: plainText(draft.name, 40) };
  return textStep({
    ...place,
    prompt: isStored
      ? l10n.t("The token for {endpoint}. Leave it empty to keep the token stored for this base URL.", values)
      : l10n.t(
          "The token for {endpoint}, from the web portal. It is kept in VS Code's secret storage.",
          values,
        ),
    password: true,
    value: draft.token,
    fault: (value) =>
      (isStored && value === "") || tokenFromInput(value) !== undefined
        ? undefined
        : l10n.t("A token contains only printable ASCII characters, without spaces or line breaks."),
    keep: (value) => void (draft.token = value),
  });
}
