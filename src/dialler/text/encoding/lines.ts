const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Counts lines as an editor does: CR, LF and CR LF each end one. */
export class LineCounter {
  line = 1;
  private last = 0;

  /** Takes the next byte or code unit; `line` is then the one that the unit after it is on. */
  take(unit: number): void {
    if (unit === carriageReturn || (unit === lineFeed && this.last !== carriageReturn)) this.line++;
    this.last = unit;
  }
}

/** Tells the lines of ascending places; it counts only as far as it is asked. */
export class LinesOf {
  private readonly counter = new LineCounter();
  private counted = 0;

  constructor(private readonly bytes: Uint8Array) {}

  lineAt(place: number): number {
    for (; this.counted < place; this.counted++) this.counter.take(this.bytes[this.counted] ?? 0);
    return this.counter.line;
  }
}

/** The lines that hold one of the marked bytes, ascending; at most `most`. `isMarked`: one entry for each byte. */
export function linesHolding(bytes: Uint8Array, isMarked: Uint8Array, most = Infinity): number[] {
  const found: number[] = [];
  const lines = new LinesOf(bytes);
  for (let place = 0; place < bytes.length && found.length < most; place++) {
    if (isMarked[bytes[place] ?? 0] !== 1) continue;
    const line = lines.lineAt(place);
    if (found.at(-1) !== line) found.push(line);
  }
  return found;
}

/** The bytes of one line without its end; empty if there is no such line. */
export function bytesOfLine(bytes: Uint8Array, line: number): Uint8Array {
  const counter = new LineCounter();
  let start = -1;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    // The LF of a CR LF still belongs to the line before.
    if (start === -1 && counter.line === line && !(byte === lineFeed && bytes[place - 1] === carriageReturn))
      start = place;
    if (start !== -1 && (byte === carriageReturn || byte === lineFeed)) return bytes.subarray(start, place);
    counter.take(byte);
  }
  return start === -1 ? new Uint8Array() : bytes.subarray(start);
}
