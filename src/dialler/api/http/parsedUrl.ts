/**
 * Parses a URL; undefined if the text is not one. Does not use `URL.canParse`, which rejects non-ASCII letters once
 * Node 20 has compiled it.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
