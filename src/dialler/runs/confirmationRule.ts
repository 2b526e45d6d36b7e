import type { Change } from "../api/changeRules";
import { contactActions } from "./contactAction";

/** The questions before a change is sent, in this order. */
export interface Confirmation {
  /**
   * Every contact is shown and can be left out. For a change that can be undone, accepting the preview is the
   * confirmation outside production.
   */
  readonly preview: boolean;
  readonly question: "none" | "one" | "many";
  /** The endpoint's name and the count must be typed. */
  readonly typed: boolean;
}

/**
 * Where the contacts come from: a person pointed at them or picked them by name; a program, a key binding or a journal
 * named them; a chat tool named them; they come from a list and were never shown as rows.
 */
export type Source = "pointed" | "passed" | "chat" | "list";

export interface ConfirmationCase {
  readonly change: Change;
  readonly count: number;
  readonly production: boolean;
  /** The endpoint is not the active one. */
  readonly elsewhere?: boolean;
  readonly source: Source;
}

/** A row of the table: a member that is left out matches everything. */
interface Row {
  readonly removes: boolean;
  readonly sources?: readonly Source[];
  readonly upTo?: number;
  readonly production?: boolean;
  readonly elsewhere?: boolean;
  readonly asks: readonly ("preview" | "question" | "phrase")[];
}

/** The most contacts that a dialog names. */
const named = 10;
/** More contacts than this are never changed on production, or deleted anywhere, by a click. */
const byClick = 50;
const notFromList: readonly Source[] = ["pointed", "passed", "chat"];

/** The first row that matches decides. */
const table: readonly Row[] = [
  { removes: false, sources: ["pointed"], upTo: named, production: false, elsewhere: false, asks: [] },
  { removes: false, sources: ["passed"], upTo: 1, production: false, elsewhere: false, asks: [] },
  { removes: false, sources: ["chat"], asks: ["question"] },
  { removes: false, sources: notFromList, upTo: named, asks: ["question"] },
  { removes: false, production: false, asks: ["preview"] },
  { removes: false, upTo: byClick, asks: ["preview", "question"] },
  { removes: false, asks: ["preview", "phrase"] },
  { removes: true, sources: notFromList, upTo: 1, asks: ["question"] },
  { removes: true, upTo: 1, asks: ["preview", "question"] },
  { removes: true, sources: notFromList, upTo: named, production: false, asks: ["question"] },
  { removes: true, upTo: byClick, production: false, asks: ["preview", "question"] },
  { removes: true, sources: notFromList, upTo: named, asks: ["question", "phrase"] },
  { removes: true, asks: ["preview", "phrase"] },
];

/** The questions for a change. */
export function confirmationFor(asked: ConfirmationCase): Confirmation {
  const removes = contactActions[asked.change].effect === "removes";
  // Every case matches a row; if one did not, everything would be asked.
  const asks = table.find((row) => row.removes === removes && matches(row, asked))?.asks ?? [
    "preview",
    "question",
    "phrase",
  ];
  return {
    preview: asks.includes("preview"),
    question: !asks.includes("question") ? "none" : asked.count === 1 ? "one" : "many",
    typed: asks.includes("phrase"),
  };
}

function matches(row: Row, { count, production, elsewhere = false, source }: ConfirmationCase): boolean {
  return (
    (row.sources?.includes(source) ?? true) &&
    count <= (row.upTo ?? Infinity) &&
    (row.production ?? production) === production &&
    (row.elsewhere ?? elsewhere) === elsewhere
  );
}

/** What decides whether Enter may accept a question. */
export interface BeforeQuestion {
  readonly production: boolean;
  /** A preview of the contacts was accepted, or comes from a list that was. */
  readonly previewed: boolean;
  /** The contact was picked from a list, or its key was typed. */
  readonly afterPicker: boolean;
}

/**
 * Whether the first button of the question declines. Enter accepts a list, and while it is held down its repeats go to
 * the question that follows.
 */
export function declinesFirst({ production, previewed, afterPicker }: BeforeQuestion): boolean {
  return production || previewed || afterPicker;
}

/** The phrase to type, for example `production 137`. */
export function phraseOf(endpoint: string, count: number): string {
  return `${endpoint} ${count}`;
}
