import type { DescribedRequest } from "../../../dialler/api/calls";
import * as l10n from "../../../l10n";

/** The environment variable that holds the token; a copied request never contains it. */
const tokenVariable = "DIALLER_TOKEN";

/** The request as a curl command for a POSIX shell; `caFile`: the authority that the endpoint trusts on top of the system's. */
export function curlText({ method, url }: DescribedRequest, caFile?: string): string {
  const parts = [
    // Brackets and braces in the URL are literal.
    `curl --globoff --request ${method}`,
    `--header ${shellQuoted("Accept: application/json")}`,
    // In double quotes, because the shell has to expand the variable.
    `--header "Authorization: Bearer $${tokenVariable}"`,
    ...(caFile === undefined ? [] : [`--cacert ${shellQuoted(caFile)}`]),
    shellQuoted(url),
  ];
  return parts.join(" \\\n  ");
}

/** The request as a PowerShell command. It has no counterpart of `--cacert`: PowerShell trusts what the system trusts. */
export function powerShellText({ method, url }: DescribedRequest): string {
  const parts = [
    `Invoke-RestMethod -Method ${method} -Uri ${powerShellQuoted(url)}`,
    // In double quotes, because PowerShell has to expand the variable.
    `-Headers @{ Accept = 'application/json'; Authorization = "Bearer $env:${tokenVariable}" }`,
  ];
  return parts.join(" `\n  ");
}

/**
 * Quotes any text as one PowerShell string: between single quotes only the closing quote is special, in any of the
 * characters that PowerShell takes for one.
 */
export function powerShellQuoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

/** Quotes any text as one word of a POSIX shell: between single quotes only the closing quote is special. */
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
