import type { Socket } from "node:net";

/** What arrives on a socket, in the portions asked for. Each read gives `undefined` once the other side has ended. */
export class SocketReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #waiting: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#pieces = (socket as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** The text before `end`, which is taken too. */
  async textUntil(end: string): Promise<string | undefined> {
    for (;;) {
      const place = this.#waiting.indexOf(end);
      if (place >= 0) {
        const text = this.#waiting.toString("latin1", 0, place);
        this.#waiting = this.#waiting.subarray(place + Buffer.byteLength(end));
        return text;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  async bytes(length: number): Promise<Buffer | undefined> {
    while (this.#waiting.length < length) if (!(await this.#more())) return undefined;
    const taken = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);
    return taken;
  }

  /** All that is still to come, as it comes. */
  async *rest(): AsyncGenerator<Buffer> {
    while (this.#waiting.length > 0 || (await this.#more())) {
      yield this.#waiting;
      this.#waiting = Buffer.alloc(0);
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#waiting = Buffer.concat([this.#waiting, next.value]);
    return true;
  }
}
