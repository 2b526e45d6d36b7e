import * as l10n from "../../l10n";

/** The journal cannot be written or read. Without it nothing is deleted. */
export class JournalUnavailable extends Error {
  override readonly name = "JournalUnavailable";

  constructor(directory: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // The journal is in order where another process writes it.
    const message =
      cause instanceof RunTakenOver
        ? why
        : l10n.t(
            "The journal of deleted contacts in {directory} cannot be used: {why}. Make the folder writable, or delete without a journal.",
            { directory, why },
          );
    super(message, { cause });
  }
}

/** Another computer or container, and its name if that is known. */
export interface OtherMachine {
  readonly host: string | undefined;
}

/** The run is being written, by another window, by an action in this one, or on another machine. */
export class RunBusy extends Error {
  override readonly name = "RunBusy";

  constructor(on?: OtherMachine) {
    super(busySentence(on));
  }
}

/** Why a run that is being written cannot be acted on. */
export function busySentence(on?: OtherMachine): string {
  if (on === undefined) {
    return l10n.t("This run is in progress, in this window or another one. Wait until it ends.");
  }
  return on.host === undefined
    ? l10n.t("This run is in progress on another computer. Wait until it ends.")
    : l10n.t(
        "This run is in progress on another computer or in another container ({host}). Wait until it ends.",
        {
          host: hostText(on.host),
        },
      );
}

/** Another process has taken over the run that this one was writing, because this one did not respond. */
export class RunTakenOver extends Error {
  override readonly name = "RunTakenOver";

  /** `by`: the machine that writes the run now; undefined if it is not known to be written. */
  constructor(by: OtherMachine | undefined) {
    super(
      by?.host === undefined
        ? l10n.t(
            "The lock of this run is gone: another window or computer has taken the run over, or the lock was deleted. Nothing more is sent from here.",
          )
        : l10n.t(
            "Another window or computer ({host}) has taken this run over, because this one did not respond for a minute. Nothing more is sent from here.",
            { host: hostText(by.host) },
          ),
    );
  }
}

/** The name comes from a file, which may hold anything. */
function hostText(host: string): string {
  return host.replace(/[^\p{L}\p{N}._-]/gu, "").slice(0, 64) || "?";
}

/** The run is no longer in the journal. */
export class NoSuchRun extends Error {
  override readonly name = "NoSuchRun";

  constructor() {
    super(l10n.t("This run is no longer in the journal."));
  }
}

/** Runs work on the journal in this directory. @throws JournalUnavailable for every other failure */
export async function withJournalFailure<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunBusy || error instanceof NoSuchRun || error instanceof JournalUnavailable)
      throw error;
    throw new JournalUnavailable(directory, error);
  }
}
