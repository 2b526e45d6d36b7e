import { settlingMs } from "../../../dialler/transfer/contactsMade";
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

/** "12 of 60". */
export function finishedOf(finished: number, planned: number): string {
  return l10n.t("{finished} of {planned}", {
    finished: l10n.number(finished),
    planned: l10n.number(planned),
  });
}

/** Tells how far a run is, how fast it may go, how long the server asks to wait, and what is looked at again. */
export class RunProgress {
  #finished = 0;
  #perSecond: number | undefined;
  #settling = { lost: 0, isOver: false };

  constructor(
    readonly planned: number,
    readonly report: Report,
    readonly channel: { say(level: "warning", line: string): void },
  ) {}

  finish(finished: number): void {
    this.#finished = finished;
    this.#tell(100 / this.planned);
  }

  readonly onPause = (until: Date): void => {
    const sentence = l10n.t("The server asks to wait until {time}.", { time: l10n.time(until) });
    this.channel.say("warning", sentence);
    this.report(sentence);
  };

  readonly onPace = (perSecond: number | undefined): void => {
    this.#perSecond = perSecond;
    this.#tell();
  };

  readonly onSettling = (lost: number, isOver: boolean): void => {
    this.#settling = { lost, isOver };
    this.#tell();
  };

  #tell(increment?: number): void {
    const { lost, isOver } = this.#settling;
    const parts = [finishedOf(this.#finished, this.planned)];
    if (lost > 0 && isOver) parts.push(l10n.t("nothing more is sent"));
    if (lost > 0) parts.push(lostText(lost));
    else if (this.#perSecond !== undefined) {
      const rate = l10n.number(this.#perSecond);
      parts.push(l10n.t("the server asked for a pause; about {rate} a second", { rate }));
    }
    this.report(parts.join("; "), increment);
  }
}

/** A run looks at a contact for so long after its answer was lost. */
function lostText(lost: number): string {
  const seconds = l10n.number(Math.round(settlingMs / 1000));
  return lost === 1
    ? l10n.t("1 answer lost; looking again for up to {seconds} s", { seconds })
    : l10n.t("{lost} answers lost; looking again for up to {seconds} s", {
        lost: l10n.number(lost),
        seconds,
      });
}
