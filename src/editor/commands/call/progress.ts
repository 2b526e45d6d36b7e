import * as l10n from "../../../l10n";

/** Reports how far the work is; `increment` in percent. */
export type Report = (message: string, increment?: number) => void;

/** Shows progress; a port, so that tests need no window. */
export interface ShowProgress {
  /** In a notification with Cancel, which aborts the signal. The notification closes when `work` has ended. */
  cancellable<T>(title: string, work: (report: Report, cancelled: AbortSignal) => Promise<T>): Promise<T>;
  /** At the top of the Contacts view, without a Cancel. */
  inView<T>(work: () => Promise<T>): Promise<T>;
}

/** "12 of 60", and how fast it goes on if the server allows only so many requests a second. */
export function finishedOf(finished: number, planned: number, perSecond?: number): string {
  const values = { finished: l10n.number(finished), planned: l10n.number(planned) };
  return perSecond === undefined
    ? l10n.t("{finished} of {planned}", values)
    : l10n.t("{finished} of {planned}; waiting, about {rate} a second", {
        ...values,
        rate: l10n.number(perSecond),
      });
}

/** Tells how far a run is, how fast it may go, and how long the server asks to wait. */
export class RunProgress {
  #finished = 0;
  #perSecond: number | undefined;

  constructor(
    readonly planned: number,
    readonly report: Report,
    readonly channel: { say(level: "warning", line: string): void },
  ) {}

  finish(finished: number): void {
    this.#finished = finished;
    this.report(finishedOf(finished, this.planned, this.#perSecond), 100 / this.planned);
  }

  readonly onPause = (until: Date): void => {
    const sentence = l10n.t("The server asks to wait until {time}.", { time: l10n.time(until) });
    this.channel.say("warning", sentence);
    this.report(sentence);
  };

  readonly onPace = (perSecond: number | undefined): void => {
    this.#perSecond = perSecond;
    this.report(finishedOf(this.#finished, this.planned, perSecond));
  };
}
