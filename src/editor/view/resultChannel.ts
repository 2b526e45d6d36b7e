import * as vscode from "vscode";
import type { RequestLog } from "../../dialler/api/http/exchange";
import { type ActionReport, isSuccess } from "../../dialler/runs/actionReport";
import type { EntryResult, Level } from "../../dialler/runs/outcome";
import { linesOf } from "../../dialler/runs/resultLine";
import { outputChannel } from "../../manifest";
import { plainLine } from "../shown/plainText";
import { actionSummary } from "../shown/summaries";

export type RevealWhen = "never" | "onError" | "always";

/** The output channel. Every text that leaves through it is redacted and one line. */
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

  /** The line of one result, as soon as it is there. */
  result(action: ActionReport["action"], endpoint: string, results: readonly EntryResult[]): void {
    for (const { level, line } of linesOf(action, endpoint, results)) this.say(level, line);
  }

  /** The sentence at the end of a run, and the channel itself where the user wants to see it. */
  summary(report: ActionReport): void {
    const success = isSuccess(report);
    this.say(success ? "info" : "error", actionSummary(report));
    const when = this.reveal();
    if (when === "always" || (when === "onError" && !success)) this.#channel.show(true);
  }

  /** Shows the channel without taking the focus. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #clean(line: string): string {
    // Redacted after that: what does not show could part a token, and be gone afterwards.
    return this.discreet(plainLine(line));
  }
}
