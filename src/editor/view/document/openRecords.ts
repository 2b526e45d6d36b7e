import type { Change } from "../../../dialler/api/changeRules";
import { type Contact, contactFromRecord, contactLabel } from "../../../dialler/api/record/contact";
import { recordWithLock } from "../../../dialler/api/record/recordWithLock";
import type { WireRecord } from "../../../dialler/api/record/wire";
import { contactActions, lockLeftByAction } from "../../../dialler/runs/contactAction";
import type { EntryResult } from "../../../dialler/runs/outcome";
import * as l10n from "../../../l10n";
import { discreetRecord, maskedContact } from "../../shown/mask";
import { plainText } from "../../shown/plainText";
import type { DocumentKey, DocumentKind } from "./documentKey";
import { historyText } from "./historyText";
import { historyMembers, identifyingMembers, type RecordOrder } from "./recordOrder";
import { documentText } from "./recordText";

/** `deleted`: by this extension. `absent`: the server said that there is no such contact. */
export type Absence = "deleted" | "absent";

export interface RecordPorts {
  readonly redact: (text: string) => string;
  readonly masked: () => boolean;
  readonly lockField: () => string;
}

/** A contact as its document was given it; complete, whatever the document shows of it. */
interface OpenRecord {
  readonly key: DocumentKey;
  readonly kind: DocumentKind;
  readonly record: WireRecord;
  readonly comparison: Comparison | undefined;
}

/** What a record shares with the one beside it. */
export interface Comparison {
  readonly order: RecordOrder;
  /** The other record, on the side that says of a hidden value that it differs. */
  readonly other?: WireRecord;
}

/** What an action changed in the open documents. */
export interface Followed {
  /** The URIs of the documents that look different now. */
  readonly changed: readonly string[];
  /** Records whose new lock only the server can write. */
  readonly reread: readonly DocumentKey[];
}

/** The records behind the open documents, by URI. Kept in memory only. */
export class OpenRecords {
  readonly #records = new Map<string, OpenRecord>();
  readonly #revealed = new Set<string>();
  /** Contacts that are gone, by server and ID, until the window closes. */
  readonly #absent = new Map<string, Absence>();

  constructor(readonly ports: RecordPorts) {}

  /** Holds a record that was just read. Left out, `comparison` stays as it is. */
  hold(uri: string, key: DocumentKey, kind: DocumentKind, record: WireRecord, comparison?: Comparison): void {
    const before = this.#records.get(uri)?.comparison;
    this.#records.set(uri, { key, kind, record, comparison: comparison ?? before });
    this.#absent.delete(contactOf(key));
  }

  forget(uri: string): void {
    this.#records.delete(uri);
    this.#revealed.delete(uri);
  }

  /** The URIs of all documents that have a record. */
  get uris(): string[] {
    return [...this.#records.keys()];
  }

  /** The URIs of the documents that show this contact. */
  urisOf(key: DocumentKey): string[] {
    return this.uris.filter((uri) => {
      const held = this.#records.get(uri);
      return held !== undefined && contactOf(held.key) === contactOf(key);
    });
  }

  /** The contact of a document; undefined if its record was not read. */
  contact(uri: string): Contact | undefined {
    const held = this.#records.get(uri);
    return held && contactFromRecord(held.record, this.ports.lockField());
  }

  /** The whole record of a document; undefined if it was not read, or the document shows a history. */
  record(uri: string): WireRecord | undefined {
    const held = this.#records.get(uri);
    return held?.kind === "record" ? held.record : undefined;
  }

  /** The name as it may be shown. */
  name(uri: string): string | undefined {
    const contact = this.contact(uri);
    if (contact === undefined) return undefined;
    const shown = this.ports.masked() ? maskedContact(contact) : contact;
    return plainText(this.ports.redact(contactLabel(shown)), 80);
  }

  /** The text of a document; undefined if its record was not read. */
  text(uri: string): string | undefined {
    const held = this.#records.get(uri);
    return held && this.#textOf(held, this.#revealed.has(uri));
  }

  /** Whether the mask or the rule for bank data hides something that Reveal would show. */
  isCovered(uri: string): boolean {
    const held = this.#records.get(uri);
    if (held === undefined || this.#revealed.has(uri)) return false;
    return this.#textOf(held, false) !== this.#textOf(held, true);
  }

  /** Shows a document whole until `cover` or `forget`. */
  reveal(uri: string): void {
    this.#revealed.add(uri);
  }

  /** Ends `reveal`. Returns whether the document was shown whole. */
  cover(uri: string): boolean {
    return this.#revealed.delete(uri);
  }

  /** Whether the contact of a document is gone. */
  isAbsent(uri: string): boolean {
    const held = this.#records.get(uri);
    return held !== undefined && this.absenceOf(held.key) !== undefined;
  }

  absenceOf(key: DocumentKey): Absence | undefined {
    return this.#absent.get(contactOf(key));
  }

  /** The server says that there is no such contact. What this extension deleted stays `deleted`. */
  markAbsent(key: DocumentKey): void {
    const contact = contactOf(key);
    if (!this.#absent.has(contact)) this.#absent.set(contact, "absent");
  }

  /**
   * Applies the results of an action. A lock is written into the record instead of being read again: the result is
   * certain, no request can fail or be overtaken, and a change sends nothing but itself.
   */
  follow(baseUrl: string, change: Change, results: readonly EntryResult[]): Followed {
    const { effect } = contactActions[change];
    const lock = lockLeftByAction(change);
    const changed = new Set<string>();
    const reread: DocumentKey[] = [];
    for (const { id, outcome, now } of results) {
      if (id === undefined) continue;
      const key = { endpoint: "", baseUrl, id };
      if (now !== undefined) this.#update(key, now.record).forEach((uri) => changed.add(uri));
      const isRemoved = effect === "removes" && (outcome === "done" || outcome === "gone");
      if (isRemoved || outcome === "notFound") {
        if (isRemoved) this.#absent.set(contactOf(key), "deleted");
        else this.markAbsent(key);
        for (const uri of this.urisOf(key)) changed.add(uri);
      } else if (lock !== undefined && outcome === "done") {
        for (const uri of this.urisOf(key)) {
          const held = this.#records.get(uri);
          // A history shows no lock.
          if (held?.kind !== "record") continue;
          const record = recordWithLock(held.record, lock, this.ports.lockField());
          if (record === undefined) reread.push(held.key);
          else if (record !== held.record) {
            this.#records.set(uri, { ...held, record });
            changed.add(uri);
          }
        }
      }
    }
    return { changed: [...changed], reread };
  }

  /** Replaces the record in the documents that show it, and returns their URIs. A history stays as it is. */
  #update(key: DocumentKey, record: WireRecord): string[] {
    return this.urisOf(key).filter((uri) => {
      const held = this.#records.get(uri);
      if (held?.kind !== "record") return false;
      this.#records.set(uri, { ...held, record });
      return true;
    });
  }

  #textOf({ kind, record, comparison }: OpenRecord, whole: boolean): string {
    const { redact } = this.ports;
    const discreet = (one: WireRecord): WireRecord => discreetRecord(one, this.ports.masked());
    const shown = whole ? record : discreet(record);
    switch (kind) {
      case "record":
        return documentText(
          whole || comparison?.other === undefined
            ? shown
            : withDifferences(shown, record, comparison.other, discreet(comparison.other)),
          redact,
          this.ports.lockField(),
          comparison?.order,
        );
      case "history":
        return historyText(shown, redact);
      case "rawHistory": {
        const wanted = [...identifyingMembers, ...historyMembers];
        const members = Object.entries(shown).filter(([name]) => wanted.includes(name));
        return documentText(Object.fromEntries(members), redact);
      }
    }
  }
}

/** Two hidden values look alike; where the values differ, one side says so. */
function withDifferences(
  shown: WireRecord,
  record: WireRecord,
  other: WireRecord,
  otherShown: WireRecord,
): WireRecord {
  const [real, beside, besideShown] = [record, other, otherShown].map((one) => new Map(Object.entries(one)));
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      const isHiddenAlike = typeof value === "string" && same(value, besideShown?.get(name));
      const differs = isHiddenAlike && !same(real?.get(name), beside?.get(name));
      return [name, differs ? l10n.t("{hidden} (differs)", { hidden: value }) : value];
    }),
  );
}

function contactOf({ baseUrl, id }: DocumentKey): string {
  return `${id} ${baseUrl}`;
}
