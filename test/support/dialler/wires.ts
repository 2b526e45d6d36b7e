import type { Clock } from "../../../src/dialler/api/waits";
import * as reply from "./scriptedReply";
import type { ReplyHeaders, ScriptedReply } from "./scriptedReply";
import { type Heard, type Kind, type Script } from "./smallDialler";

/** One line of trouble on the way to a dialler, or in it. The first line that matches a request applies. */
export interface WireFault {
  /** Any call by default. */
  readonly kinds?: readonly Kind[];
  /** Any contact by default. */
  readonly ids?: readonly number[];
  /** The number of matching requests that go well first. */
  readonly after?: number;
  /** The most requests that this happens to. */
  readonly times?: number;
  /** The answer comes so late. */
  readonly delayMs?: number;
  /** The request takes effect so long after it arrived, whatever is answered meanwhile. */
  readonly appliedAfterMs?: number;
  /** It takes effect before it is answered with `status` or a reset. */
  readonly applied?: true;
  /** Answered with this instead, after `delayMs`. Otherwise the request has no effect. */
  readonly status?: number;
  readonly headers?: ReplyHeaders;
  readonly page?: string;
  readonly reset?: true;
  /** A proxy sends the request so many times more; the last answer arrives. */
  readonly repeated?: number;
  /** More requests a second are answered with `status` and have no effect. Matches only those. */
  readonly perSecond?: number;
  /** A cache answers every GET of one contact with what it answered first. */
  readonly cached?: true;
}

/** A dialler's script with these faults, on a clock. */
export interface Wires {
  readonly script: Script;
  /** Resolves when every request that takes effect later has done so. */
  readonly applied: () => Promise<void>;
}

const writes: ReadonlySet<Kind> = new Set(["delete", "lock", "unlock", "import"]);

export function wiresOf(faults: readonly WireFault[], clock: Clock): Wires {
  const lines = faults.map((fault) => ({ fault, met: 0, done: 0, window: [] as number[] }));
  const cache = new Map<number, ScriptedReply>();
  const late: Promise<unknown>[] = [];

  const matching = (heard: Heard): WireFault | undefined => {
    for (const line of lines) {
      const { fault } = line;
      if (!(fault.kinds ?? [heard.kind]).includes(heard.kind)) continue;
      if (!(fault.ids ?? [heard.id]).includes(heard.id)) continue;
      if (fault.cached === true && heard.kind !== "read") continue;
      if (fault.perSecond !== undefined && !isOver(line, fault.perSecond)) continue;
      if (line.met++ < (fault.after ?? 0) || line.done >= (fault.times ?? Infinity)) continue;
      line.done++;
      return fault;
    }
    return undefined;
  };
  const isOver = (line: { window: number[] }, perSecond: number): boolean => {
    const now = clock.now();
    line.window = line.window.filter((at) => at > now - 1000);
    if (line.window.length >= perSecond) return true;
    line.window.push(now);
    return false;
  };
  const answerOf = (fault: WireFault, heard: Heard, ordinary: () => ScriptedReply): ScriptedReply => {
    if (fault.cached === true) {
      const first = cache.get(heard.id) ?? ordinary();
      cache.set(heard.id, first);
      return first;
    }
    for (let time = 0; time < (fault.repeated ?? 0); time++) ordinary();
    const isWrite = writes.has(heard.kind);
    const { appliedAfterMs, status, headers, page } = fault;
    if (isWrite && appliedAfterMs !== undefined) late.push(clock.wait(appliedAfterMs).then(ordinary));
    if (fault.applied === true) ordinary();
    if (fault.reset === true) return reply.reset();
    if (status !== undefined) return reply.html(status, page ?? `<h1>${status}</h1>`, headers);
    // What takes effect only later is answered then.
    return isWrite && appliedAfterMs !== undefined ? reply.hang() : ordinary();
  };
  return {
    script: async (heard, ordinary) => {
      const fault = matching(heard);
      if (fault === undefined) return ordinary();
      const answer = answerOf(fault, heard, ordinary);
      if (fault.delayMs !== undefined) await clock.wait(fault.delayMs);
      return answer;
    },
    applied: async () => {
      await Promise.all(late);
    },
  };
}
