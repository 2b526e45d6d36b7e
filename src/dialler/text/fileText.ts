/**
 * The text of a file: decoded by its byte order mark, or as UTF-8, or, if it is not valid UTF-8, by the Windows code
 * page that spreadsheets save in. Never throws.
 */
export function textOfFile(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes)
      .toString("latin1")
      .replace(/[\x80-\x9f]/g, (control) => codePage1252[control.charCodeAt(0) - 0x80] ?? control);
  }
}

/** The characters of the code page that Latin-1 lacks. Node's own decoder confuses the two. */
const codePage1252 = Array.from("€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ");
