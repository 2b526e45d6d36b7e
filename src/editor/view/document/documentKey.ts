import { documentScheme } from "../../../manifest";
import { plainText } from "../../shown/plainText";

/** The contact that a document shows. The base URL identifies the server; the name of the endpoint is only shown. */
export interface DocumentKey {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly id: number;
}

/** What a document shows of a contact. `rawHistory`: the result and the calls as the server sent them. */
export type DocumentKind = "record" | "history" | "rawHistory";

/** The components of a document's URI. */
export interface DocumentAddress {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}

const endings: Readonly<Record<DocumentKind, string>> = {
  record: ".json",
  history: " history.txt",
  rawHistory: " history.json",
};

/**
 * The path ends in the label of the tab, which VS Code writes to disk: ID and endpoint, never a name. The query
 * identifies the server.
 */
export function documentAddress({ endpoint, baseUrl, id }: DocumentKey, kind: DocumentKind): DocumentAddress {
  const name = endpointInPath(endpoint);
  return { scheme: documentScheme, path: `/${name}/${id} (${name})${endings[kind]}`, query: baseUrl };
}

/** An endpoint's name as it stands in paths. */
export function endpointInPath(endpoint: string): string {
  return plainText(endpoint, 40).replace(/[/\\?#%]/g, "_");
}

/** What one of our documents shows; undefined for any other document. */
export function documentKeyOf({
  scheme,
  path,
  query,
}: DocumentAddress): { readonly key: DocumentKey; readonly kind: DocumentKind } | undefined {
  const [, endpoint, file] = path.split("/");
  const [, id, ending] = /^([1-9][0-9]*) \(.*\)((?: history)?\.(?:json|txt))$/.exec(file ?? "") ?? [];
  const kind = kinds.find((one) => endings[one] === ending);
  if (scheme !== documentScheme || endpoint === undefined || id === undefined || kind === undefined)
    return undefined;
  return { key: { endpoint, baseUrl: query, id: Number(id) }, kind };
}

const kinds: readonly DocumentKind[] = ["record", "history", "rawHistory"];
