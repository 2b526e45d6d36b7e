/** The hash of the bytes from `start` to the end or to the first byte `until`; 0 if there are none. */
export function bytesHash(bytes: Uint8Array, start: number, end: number, until?: number): number {
  let hash = 0x811c9dc5;
  let place = start;
  for (; place < end; place++) {
    const byte = bytes[place] ?? 0;
    if (byte === until) break;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return place === start ? 0 : hash ^ (hash >>> 15) || 1;
}

/** The same of a text. */
export function textHash(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  return bytesHash(bytes, 0, bytes.length);
}
