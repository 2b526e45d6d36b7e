import type { Contexts } from "./likelihood";

/** More different contexts than names have show nothing new. */
const mostContexts = 4000;

/** Every byte from 0x80 on with its neighbours, each combination once, in the order of the file. */
export function contextsOf(bytes: Uint8Array): Contexts {
  // One bit for each combination.
  const seen = new Uint8Array(1 << 20);
  const found: (readonly [number, number, number])[] = [];
  const last = bytes.length - 1;
  for (let place = 0; place <= last && found.length < mostContexts; place++) {
    const byte = bytes[place] ?? 0;
    if (byte < 0x80) continue;
    const before = bytes[place - 1] ?? 0x0a;
    const after = bytes[place + 1] ?? 0x0a;
    const combination = ((byte & 0x7f) << 16) | (before << 8) | after;
    const bits = seen[combination >> 3] ?? 0;
    const bit = 1 << (combination & 7);
    if ((bits & bit) !== 0) continue;
    seen[combination >> 3] = bits | bit;
    found.push([before, byte, after]);
  }
  return found;
}
