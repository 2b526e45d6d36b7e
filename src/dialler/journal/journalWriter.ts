import * as l10n from "../../l10n";

/** The calls on the open file. */
export interface JournalFile {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  stat(): Promise<{ readonly nlink: number; readonly size: number }>;
}

interface Waiting {
  readonly text: string;
  readonly synced: boolean;
  readonly written: () => void;
  readonly failed: (error: Error) => void;
}

/**
 * Appends lines to a file in order. Lines that wait at the same time share one write and at most one sync, so that many
 * requests in flight do not wait for each other's disk access.
 */
export class JournalWriter {
  #waiting: Waiting[] = [];
  #isWriting = false;
  #failure: Error | undefined;
  #before: string;
  /** The least size that the file must have; undefined before the first sync. */
  #size: number | undefined;

  /**
   * `before` is written before the first line. `isInPlace`: whether the file is still found under its name.
   * `confirmLock` throws if the file may now be written by another process.
   */
  constructor(
    readonly file: JournalFile,
    before = "",
    readonly isInPlace: () => Promise<boolean> = () => Promise.resolve(true),
    readonly confirmLock: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#before = before;
  }

  /** The first failure. After it nothing more is written, and every line is rejected with it. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Resolves when the line is written, or with `synced` when it is on the disk. Rejects with the error of the file. */
  append(text: string, synced: boolean): Promise<void> {
    return new Promise((written, failed) => {
      this.#waiting.push({ text, synced, written, failed });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** Resolves if the file may still be written. Otherwise rejects, and then nothing more is written. */
  async confirm(): Promise<void> {
    try {
      if (this.#failure === undefined) await this.confirmLock();
    } catch (error) {
      this.#failure ??= asError(error);
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    // Lines that are appended in the same turn are included.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      const failure = this.#failure ?? (await this.#append(lines));
      this.#failure = failure;
      for (const { written, failed } of lines) {
        if (failure === undefined) written();
        else failed(failure);
      }
    }
    this.#isWriting = false;
  }

  async #append(lines: readonly Waiting[]): Promise<Error | undefined> {
    try {
      await this.confirmLock();
      const text = this.#before + lines.map((line) => `${line.text}\n`).join("");
      await this.file.appendFile(text);
      this.#before = "";
      if (this.#size !== undefined) this.#size += Buffer.byteLength(text);
      if (lines.some(({ synced }) => synced)) await this.#sync();
      return undefined;
    } catch (error) {
      return asError(error);
    }
  }

  /** Text that is written to a deleted or replaced file is lost, and so is what was cut off. */
  async #sync(): Promise<void> {
    await this.file.datasync();
    const { nlink, size } = await this.file.stat();
    if (nlink === 0) throw new Error(l10n.t("the file has been deleted"));
    if (!(await this.isInPlace())) throw new Error(l10n.t("the file has been replaced"));
    if (size < (this.#size ?? 0)) throw new Error(l10n.t("the file has been cut"));
    this.#size = size;
    // The machine may have been asleep meanwhile.
    await this.confirmLock();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
