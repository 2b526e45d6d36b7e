import * as l10n from "../../l10n";

/** The journal cannot be written or read. Without it nothing is deleted. */
export class JournalUnavailable extends Error {
  override readonly name = "JournalUnavailable";

  constructor(directory: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      l10n.t(
        "The journal of deleted contacts in {directory} cannot be used: {why}. Make the folder writable, or delete without a journal.",
        { directory, why },
      ),
      { cause },
    );
  }
}

/** The run is being written, by another window or by an action in this one. */
export class RunBusy extends Error {
  override readonly name = "RunBusy";

  constructor() {
    super(l10n.t("This run is in progress, in this window or another one. Wait until it ends."));
  }
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
