/**
 * What the Activity view lists and a command receives; the same object as long as its run is kept. Commands recognise
 * it by its class, so that a program cannot pass a look-alike.
 */
export class RunRow {
  /** `run` is the identifier of the run's plan. */
  constructor(readonly run: string) {}
}

/** A range of the items of a run that has too many to be shown at once, in the order in which they are shown. */
export class EntryGroupRow {
  constructor(
    readonly run: string,
    readonly index: number,
  ) {}
}

/** One planned item of a run; `item` is its place in the plan. */
export class EntryRow {
  constructor(
    readonly run: string,
    readonly item: number,
  ) {}
}
