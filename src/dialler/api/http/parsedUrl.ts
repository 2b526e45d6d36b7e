/**
 * The URL that a text is; undefined where it is none. Not asked of `URL.canParse`: once Node 20 has compiled that, it
 * says no to letters beyond ASCII.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
