import { canonicalBaseUrl, isLoopback } from "../api/http/url";
import * as l10n from "../../l10n";
import { misspeltReadOnly, unknownMembers } from "./endpointMembers";

export type Environment = "production" | "test" | "development";
export const environments: readonly Environment[] = ["production", "test", "development"];

/** A dialler that the user configured. */
export interface ServerEndpoint {
  readonly kind: "server";
  readonly name: string;
  /** Canonical, and also the key under which the token is stored. */
  readonly baseUrl: string;
  readonly environment: Environment;
  readonly readOnly: boolean;
  /** A PEM file with a certification authority trusted in addition to the system's. */
  readonly caFile: string | undefined;
}

/** The demo dialler that is part of the extension. */
export interface DemoEndpoint {
  readonly kind: "demo";
  readonly name: typeof demoName;
  readonly environment: "development";
  readonly readOnly: false;
}

/** A source of contacts. */
export type Endpoint = ServerEndpoint | DemoEndpoint;

export const demoName = "Demo";
export const demoEndpoint: DemoEndpoint = {
  kind: "demo",
  name: demoName,
  environment: "development",
  readOnly: false,
};

export type EndpointReading =
  | {
      readonly ok: true;
      readonly endpoint: ServerEndpoint;
      /** Members in the settings that mean nothing; left out when there are none. */
      readonly unknownMembers?: readonly string[];
    }
  | { readonly ok: false; readonly name: string; readonly why: string };

/** Why a name is not valid for an endpoint; undefined if it is. */
export function nameFault(name: string): string | undefined {
  if (name.length < 1 || name.length > 40) return l10n.t("A name has 1 to 40 characters.");
  if (name !== name.trim() || /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(name)) {
    return l10n.t("A name has only printable characters and no space at either end.");
  }
  if (isDemoName(name)) return l10n.t("“Demo” is the name of the built-in demo dialler.");
  return undefined;
}

export function isDemoName(name: string): boolean {
  return name.toLowerCase() === demoName.toLowerCase();
}

/** An endpoint read from the settings and validated, or a sentence that says what is wrong. */
export function readEndpoint(name: string, raw: unknown): EndpointReading {
  const no = (why: string): EndpointReading => ({ ok: false, name, why });
  const fault = nameFault(name);
  if (fault !== undefined) return no(fault);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return no(l10n.t("The endpoint is not an object with a baseUrl."));
  }
  const member = (key: string): unknown => (Object.hasOwn(raw, key) ? Reflect.get(raw, key) : undefined);
  const misspelt = misspeltReadOnly(raw);
  if (misspelt !== undefined) {
    return no(
      l10n.t(
        "The member “{member}” is unknown. If readOnly is meant, rename it; otherwise remove it. Until then the endpoint is not used.",
        { member: misspelt },
      ),
    );
  }
  const typedUrl = member("baseUrl");
  if (typeof typedUrl !== "string") return no(l10n.t("The endpoint has no baseUrl."));
  const baseUrl = canonicalBaseUrl(typedUrl);
  if (!baseUrl.ok) return no(baseUrl.why);

  const environment = member("environment") ?? "production";
  if (!isEnvironment(environment)) {
    return no(l10n.t("The environment is one of: {names}.", { names: environments.join(", ") }));
  }
  const readOnly = member("readOnly") ?? false;
  const allowHttp = member("allowHttp") ?? false;
  if (typeof readOnly !== "boolean" || typeof allowHttp !== "boolean") {
    return no(l10n.t("readOnly and allowHttp are true or false."));
  }
  const caFile = member("caFile");
  if (caFile !== undefined && typeof caFile !== "string") return no(l10n.t("caFile is the path of a file."));
  const plain = plainHttpFault(baseUrl.url, environment, allowHttp);
  if (plain !== undefined) return no(plain);
  const unknown = unknownMembers(raw);
  return {
    ok: true,
    endpoint: { kind: "server", name, baseUrl: baseUrl.url, environment, readOnly, caFile },
    ...(unknown.length === 0 ? {} : { unknownMembers: unknown }),
  };
}

/** Over plain http the token can be read on the network path. Requests to this computer do not leave it. */
export function plainHttpFault(
  baseUrl: string,
  environment: Environment,
  allowHttp: boolean,
): string | undefined {
  if (baseUrl.startsWith("https:") || isLoopback(baseUrl)) return undefined;
  if (!allowHttp) {
    return l10n.t(
      "Over http, everyone on the network path can read the token. Use https, or set allowHttp for this endpoint.",
    );
  }
  return environment === "production"
    ? l10n.t("A production endpoint cannot use http. Use https, or set another environment.")
    : undefined;
}

function isEnvironment(value: unknown): value is Environment {
  return environments.some((environment) => environment === value);
}

const tokenShape = /^[\x21-\x7e]+$/;

/** A pasted token without surrounding blanks and `Bearer `; undefined if it cannot be a token. */
export function tokenFromInput(pasted: string): string | undefined {
  const token = pasted.trim().replace(/^bearer\s+/i, "");
  return tokenShape.test(token) ? token : undefined;
}
