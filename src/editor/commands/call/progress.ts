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
