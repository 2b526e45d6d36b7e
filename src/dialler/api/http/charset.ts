/** The charset that a Content-Type names. Unknown charsets are read as UTF-8. */
export function charsetOf(contentType: string | null | undefined): string {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return "utf-8";
  }
}

/**
 * The bytes of a JSON text as UTF-8, converted from the charset that the server names. Bytes that are UTF-8 all the same
 * are left as they are, and `contradicted` is called. Bytes that are not in the charset become bytes that are not in
 * UTF-8, so that they are not taken for a replacement character that the server sent.
 */
export async function* utf8From(
  bytes: AsyncIterable<Uint8Array>,
  charset: string,
  contradicted: () => void,
): AsyncGenerator<Uint8Array> {
  if (charset === "utf-8") {
    yield* bytes;
    return;
  }
  const decoded = decoderOf(charset);
  const isUtf8 = charset.startsWith("utf-16") ? isUtf8FromStart : isUtf8BeyondAscii;
  let undecided = new Uint8Array();
  let verdict: boolean | undefined;
  for await (const chunk of bytes) {
    if (verdict !== undefined) {
      yield verdict ? chunk : decoded(chunk);
      continue;
    }
    const all = Buffer.concat([undecided, chunk]);
    const start = charset.startsWith("utf-16") ? 0 : beyondAscii(all);
    // ASCII is the same in all other charsets.
    if (start > 0) yield decoded(all.subarray(0, start));
    undecided = all.subarray(start);
    verdict = isUtf8(undecided);
    if (verdict === undefined) continue;
    if (verdict) contradicted();
    yield verdict ? undecided : decoded(undecided);
  }
  if (verdict === true) return;
  if (verdict === undefined) yield decoded(undecided);
  yield decoded();
}

const replacement = "\ufffd";
const invalidByte = Buffer.from([0xff]);

/** Converts parts of a text; without a part, its end. */
function decoderOf(charset: string): (part?: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder(charset);
  const strict = new TextDecoder(charset, { fatal: true });
  let isValid = true;
  return (part) => {
    const streamed = { stream: part !== undefined };
    const text = decoder.decode(part, streamed);
    isValid &&= isDecoded(() => strict.decode(part, streamed));
    if (isValid || !text.includes(replacement)) return Buffer.from(text);
    const between = text.split(replacement).flatMap((piece) => [invalidByte, Buffer.from(piece)]);
    return Buffer.concat(between.slice(1));
  };
}

function isDecoded(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

/** The position of the first byte that is not ASCII; the length if there is none. */
function beyondAscii(bytes: Uint8Array): number {
  const place = bytes.findIndex((byte) => byte >= 0x80);
  return place === -1 ? bytes.length : place;
}

/** Whether bytes that begin with one that is not ASCII are UTF-8; undefined if they are too few to tell. */
function isUtf8BeyondAscii(bytes: Uint8Array): boolean | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return text === "" ? undefined : true;
  } catch {
    return false;
  }
}

/** JSON begins with an ASCII character. In UTF-16 it has a zero byte, or follows a byte order mark. */
function isUtf8FromStart(bytes: Uint8Array): boolean | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const isMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isMark && first !== 0 && second !== 0;
}
