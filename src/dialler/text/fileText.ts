/**
 * The text of a file that people made: by its byte order mark, else UTF-8, else, where it is none, the Windows code page
 * in which spreadsheets save. Never throws.
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

/** What the code page has where Latin-1 has controls; Node's own decoder takes the one for the other. */
const codePage1252 = Array.from("€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ");
