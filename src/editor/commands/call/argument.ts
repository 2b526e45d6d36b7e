import { contactIdOf, InvalidKey } from "../../../dialler/api/record/key";
import { ContactRow } from "../../../dialler/list/rows";
import * as l10n from "../../../l10n";
import { fromLink } from "../../../manifest";
import { Refusal } from "./refusal";

/** What a command was called with. */
export type Argument =
  /** From the palette or a key binding of the person: a command that changes something asks for which contact. */
  | { readonly kind: "nothing" }
  /** From the tree: the row clicked, and those selected with it; or those that a key was pressed on. */
  | { readonly kind: "rows"; readonly rows: readonly ContactRow[] }
  /** From a key binding or another extension. */
  | { readonly kind: "ids"; readonly ids: readonly unknown[]; readonly endpoint: string | undefined }
  | { readonly kind: "userData"; readonly userData: string; readonly endpoint: string | undefined };

/**
 * Tree rows are recognised by their class; everything else must be exactly the documented object.
 * @throws InvalidKey, Refusal before any request
 */
export function argumentOf(args: readonly unknown[]): Argument {
  if (args.length === 0) return { kind: "nothing" };
  const [clicked, selected] = args;
  if (clicked instanceof PressedRows) return { kind: "rows", rows: clicked.rows };
  // For a row that is being refreshed a menu passes undefined; acting on the selection instead would be wrong.
  if (clicked === undefined || clicked === null) {
    throw new Refusal(l10n.t("The list was refreshing. Try again."));
  }
  if (clicked instanceof ContactRow) return { kind: "rows", rows: chosenRows(clicked, selected) };
  if (typeof clicked === "object" && isPlain(clicked))
    return objectArgument(new Map(Object.entries(clicked)));
  throw refused();
}

/** A click on a selected row chooses the whole selection; a click on any other row chooses that row. */
function chosenRows(clicked: ContactRow, selected: unknown): readonly ContactRow[] {
  const rows = Array.isArray(selected) ? selected.filter((row) => row instanceof ContactRow) : [];
  return rows.includes(clicked) ? rows : [clicked];
}

function objectArgument(members: ReadonlyMap<string, unknown>): Argument {
  const endpoint = members.get("endpoint");
  if (endpoint !== undefined && typeof endpoint !== "string") throw refused();
  const others = [...members.keys()].filter((name) => name !== "endpoint");
  const [only] = others;
  if (others.length !== 1) throw refused();
  const value = only === undefined ? undefined : members.get(only);
  if (only === "ids" && Array.isArray(value) && value.length > 0)
    return { kind: "ids", ids: value, endpoint };
  if (only === "userData" && typeof value === "string")
    return { kind: "userData", userData: value, endpoint };
  throw refused();
}

/**
 * The IDs that a program, a key binding or a link passes to a command that takes them alone; undefined if it was called
 * in another way. @throws InvalidKey before any request
 */
export function passedIds(
  args: readonly unknown[],
): { readonly ids: readonly number[]; readonly endpoint: string | undefined } | undefined {
  if (!isProgram(args)) return undefined;
  const argument = argumentOf(args);
  if (argument.kind !== "ids") throw refused();
  return { ids: usableIds(argument.ids).ids, endpoint: argument.endpoint };
}

/** The IDs, each once, and those that were given again. @throws InvalidKey when one of them cannot be sent */
export function usableIds(ids: readonly unknown[]): { readonly ids: number[]; readonly repeated: number[] } {
  const seen = new Set<number>();
  const repeated: number[] = [];
  for (const value of ids) {
    const id = contactIdOf(value);
    if (id === undefined) {
      throw new InvalidKey(l10n.t("One of the IDs is not a whole number from 1 upwards. Nothing was sent."));
    }
    if (seen.has(id)) repeated.push(id);
    seen.add(id);
  }
  return { ids: [...seen], repeated };
}

/** Programs pass a plain object or a value. VS Code itself passes nothing, a tree row or a URI, and a key in the list its rows. */
export function isProgram([argument]: readonly unknown[]): boolean {
  if (argument === undefined || argument === null) return false;
  return typeof argument !== "object" || Array.isArray(argument) || isPlain(argument);
}

/** Whether a person clicked a link of ours. It carries the argument of a program, and its failure has to be shown. */
export function isLink([, from]: readonly unknown[]): boolean {
  return from === fromLink;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !Array.isArray(value) && (prototype === Object.prototype || prototype === null);
}

function refused(): InvalidKey {
  return new InvalidKey(
    l10n.t(
      'The argument is neither { "ids": […] } nor { "userData": "…" }, each with an optional "endpoint". Nothing was sent.',
    ),
  );
}

/** The rows that a key pressed in the list applies to, as the argument of the command that the key runs. */
export class PressedRows {
  constructor(readonly rows: readonly ContactRow[]) {}
}
