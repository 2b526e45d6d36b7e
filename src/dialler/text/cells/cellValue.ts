/** What a cell holds. An empty value means that the cell is left out. */
export type CellValue<T = string> =
  | {
      readonly kind: "value";
      readonly value: T;
      /** The cell was written otherwise, so both spellings are shown: "030 1234567 → 0301234567". */
      readonly converted?: true;
    }
  | CellFault
  /** Only a person can decide between the text as it is and the text without its invisible signs. */
  | { readonly kind: "doubtful"; readonly value: T; readonly reason: string; readonly cleaned: T };

export interface CellFault {
  readonly kind: "fault";
  /** A clause without the value, so that it may be logged. */
  readonly reason: string;
  /** The same with what the value may mean: for the person only, never for the log. */
  readonly shown?: string;
}

export function fault(reason: string): CellFault {
  return { kind: "fault", reason };
}

/** The value of a cell with this text. */
export function valueOfCell<T extends string | number>(text: string, value: T): CellValue<T> {
  return String(value) === text ? { kind: "value", value } : { kind: "value", value, converted: true };
}
