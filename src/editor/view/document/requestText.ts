import type { DescribedRequest } from "../../../dialler/api/calls";
import * as l10n from "../../../l10n";

/** Where a copied request finds the token, which is in no text. */
const tokenVariable = "DIALLER_TOKEN";

/** The request as a curl command for a POSIX shell; `caFile` is the authority that the endpoint trusts besides the system's. */
export function curlText({ method, url }: DescribedRequest, caFile?: string): string {
  const parts = [
    // Brackets and braces of a URL mean themselves.
    `curl --globoff --request ${method}`,
    `--header ${shellQuoted("Accept: application/json")}`,
    // The one text that the shell has to look into.
    `--header "Authorization: Bearer $${tokenVariable}"`,
    ...(caFile === undefined ? [] : [`--cacert ${shellQuoted(caFile)}`]),
    shellQuoted(url),
  ];
  return parts.join(" \\\n  ");
}

/** One word of a POSIX shell, whatever it holds: nothing is special between single quotes but their end. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The requests as an .http file, as the REST clients of editors read it. */
export function httpText(requests: readonly DescribedRequest[]): string {
  const note = l10n.t(
    "The token is read from the environment variable {variable}; set it before VS Code starts.",
    {
      variable: tokenVariable,
    },
  );
  const texts = requests.map(({ method, url }) => {
    const lines = [
      `${method} ${url}`,
      "Accept: application/json",
      `Authorization: Bearer {{$processEnv ${tokenVariable}}}`,
    ];
    return `${lines.join("\n")}\n`;
  });
  return `# ${note}\n\n${texts.join("\n###\n\n")}`;
}
