import type { Bytes, MemberName } from "./memberNames";
import { Spelling } from "./spelling";

/** Below this, comparing member by member is as fast. */
const shortestRun = 2;
/** Longer than any contact: it is not remembered, so that a hostile server cannot fill the memory with it. */
const longestRun = 0x10000;
/** A run that is so often in vain in a row is forgotten: comparing it would cost more than it saves. */
const mostMisses = 10;
/** Where runs were forgotten so often none is learned any more: this server writes its members in no order. */
const mostForgotten = 8;

/** Where the run that may begin at this place ends; undefined when it is not there. */
export function behindRun({ view }: Bytes, start: number, name: MemberName): number | undefined {
  const { run } = name;
  if (run === undefined) return undefined;
  if (run.spelling.standsAt(view, start)) {
    name.runMissed = 0;
    return start + run.spelling.length;
  }
  name.runMissed++;
  if (name.runMissed === mostMisses) {
    name.run = undefined;
    name.runsForgotten++;
  }
  return undefined;
}

/** Learns, while a record is read member by member, which of its members stand in a row of nulls. */
export class RunLearner {
  #first: MemberName | undefined;
  #last: MemberName | undefined;
  #start = 0;
  #end = 0;
  #length = 0;
  #slots: number[] = [];

  restart(): void {
    this.#first = undefined;
  }

  /** A member was read whose value is null. */
  foundNull(name: MemberName, start: number, end: number): void {
    if (this.#first === undefined) {
      if (name.runsForgotten >= mostForgotten) return;
      this.#first = name;
      this.#start = start;
      this.#length = 0;
      this.#slots = [];
    }
    if (name.slot >= 0) this.#slots.push(name.slot);
    this.#length++;
    this.#end = end;
    this.#last = name;
  }

  /** The row of nulls has ended: at another value, at a known run, or with the record. */
  finish({ bytes }: Bytes): void {
    const first = this.#first;
    const last = this.#last;
    if (first === undefined || last === undefined) return;
    this.#first = undefined;
    if (first.run !== undefined || this.#length < shortestRun || this.#end - this.#start > longestRun) return;
    first.run = { spelling: new Spelling(bytes.subarray(this.#start, this.#end)), last, slots: this.#slots };
    first.runMissed = 0;
  }
}
