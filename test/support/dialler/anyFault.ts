import fc from "fast-check";
import * as reply from "./scriptedReply";
import { error, type ScriptedReply } from "./scriptedReply";
import { type Heard, noSuchContact, type SmallDialler } from "./smallDialler";

/** What may go wrong with one request. `ordinary` also does what was asked. */
export const faults = {
  ok: (ordinary) => ordinary(),
  slow: (ordinary) => reply.after(5, ordinary()),
  resetBefore: () => reply.reset(),
  resetAfter: (ordinary) => then(ordinary, reply.reset()),
  hangUpAfter: (ordinary) => then(ordinary, reply.hangUp()),
  hangBefore: () => reply.hang(),
  hangAfter: (ordinary) => then(ordinary, reply.hang()),
  cutAfter: (ordinary) => then(ordinary, reply.cut(200, JSON.stringify({ status: 200, records: [] }))),
  emptyAfter: (ordinary) => then(ordinary, reply.empty(200)),
  error500: () => error(500),
  error500After: (ordinary) => then(ordinary, error(500)),
  error503: () => error(503, { "Retry-After": "0" }),
  error503After: (ordinary) => then(ordinary, error(503)),
  busy: () => error(429, { "Retry-After": "0" }),
  busySoon: () => error(429, { "Retry-After": "soon" }),
  refused: () => error(400),
  conflict: () => error(409),
  deletedElsewhere: (_, { id }, dialler) => {
    // A server that says a contact is missing which it has would be lying.
    dialler.contacts.delete(id);
    return noSuchContact;
  },
  changedElsewhere: (ordinary, { id }, dialler) => {
    const record = dialler.contacts.get(1 + (id % dialler.contacts.size));
    if (record !== undefined) dialler.contacts.set(Number(record.ID), { ...record, Name: "Changed" });
    return ordinary();
  },
  statusInBody: () => reply.json(200, { status: 500, error: "no" }),
  notHttp: () => reply.notHttp(),
  noPath: () => reply.empty(404),
  page: () => reply.html(404, "<h1>Not Found</h1>"),
  login: () => reply.html(200, "<h1>Login</h1>"),
  /** Carried out twice by the way; the second answer arrives. */
  repeated: (ordinary) => then(ordinary, ordinary()),
  /** Answered before it is done. */
  done2Later: (ordinary, _heard, _dialler, later) => lateBy(2000, later, ordinary, error(504)),
  done20Later: (ordinary, _heard, _dialler, later) => lateBy(20_000, later, ordinary, error(504)),
  done90Later: (ordinary, _heard, _dialler, later) => lateBy(90_000, later, ordinary, reply.reset()),
  hangs10: (ordinary, _heard, _dialler, later) => lateBy(10_000, later, ordinary, reply.hang()),
  foreign: (ordinary) => then(ordinary, reply.json(200, { error: "maintenance" })),
  unauthorized: () => error(401),
  redirect: () => reply.redirect(307, "http://127.0.0.1:1/"),
} satisfies Record<
  string,
  (
    ordinary: () => ScriptedReply,
    heard: Heard,
    dialler: SmallDialler,
    later: (ms: number, work: () => void) => void,
  ) => ScriptedReply
>;
export type FaultName = keyof typeof faults;
/** Most of these end a run at once, so they are rare. */
export const ending: ReadonlySet<FaultName> = new Set(["noPath", "page", "unauthorized", "redirect"]);

function then(ordinary: () => ScriptedReply, answer: ScriptedReply): ScriptedReply {
  ordinary();
  return answer;
}

function lateBy(
  ms: number,
  later: (ms: number, work: () => void) => void,
  ordinary: () => ScriptedReply,
  answer: ScriptedReply,
): ScriptedReply {
  later(ms, ordinary);
  return answer;
}

const names = Object.keys(faults) as FaultName[];
export const notEnding = names.filter((name) => !ending.has(name));
/** How much goes wrong: `others` of a hundred requests. */
export const fates = (others: number) =>
  fc.array(
    fc.oneof(
      { weight: 100 - others, arbitrary: fc.constant<FaultName>("ok") },
      { weight: others, arbitrary: fc.constantFrom(...notEnding) },
      { weight: 1, arbitrary: fc.constantFrom(...ending) },
    ),
    { maxLength: 70, size: "max" },
  );
