import * as vscode from "vscode";
import type { RequestLog } from "../../dialler/api/http/exchange";
import type { Level } from "../../dialler/runs/outcome";
import { outputChannel } from "../../manifest";
import { plainLine } from "../shown/plainText";

export type RevealWhen = "never" | "onError" | "always";

/** The output channel. Every text is redacted and made one line. */
export class ResultChannel implements RequestLog {
  readonly #channel = vscode.window.createOutputChannel(outputChannel, { log: true });

  constructor(
    /** A text as it may be shown. */
    readonly discreet: (text: string) => string,
    readonly reveal: () => RevealWhen,
  ) {}

  trace(line: string): void {
    this.#channel.trace(this.#clean(line));
  }

  debug(line: string): void {
    this.#channel.debug(this.#clean(line));
  }

  say(level: Level, line: string): void {
    const clean = this.#clean(line);
    switch (level) {
      case "info":
        this.#channel.info(clean);
        break;
      case "warning":
        this.#channel.warn(clean);
        break;
      case "error":
        this.#channel.error(clean);
        break;
    }
  }

  /** Called at the end of a run: shows the channel if the setting says so. */
  revealAfter(isSuccess: boolean): void {
    const when = this.reveal();
    if (when === "always" || (when === "onError" && !isSuccess)) this.#channel.show(true);
  }

  /** Shows the channel without taking the focus. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #clean(line: string): string {
    // Redacted last: an invisible character in a token would hide it from redaction and then be removed.
    return this.discreet(plainLine(line));
  }
}
