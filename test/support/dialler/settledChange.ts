// One change against a dialler that fails as scripted, and its outcome.
import type { Change } from "../../../src/dialler/api/changeRules";
import type { ChangeOutcome, ChangeSettled, Target } from "../../../src/dialler/api/change";
import { clientFor, type QuickControl, quickControl, scriptedServers } from "./clientFor";
import { FaultyDialler, type FaultyScript } from "./faultyDialler";
import * as reply from "./scriptedReply";
import type { ScriptedReply } from "./scriptedReply";
import type { ScriptedServer } from "./scriptedServer";

export const kinds = {
  deleteById: { change: "delete", target: { id: 11 } },
  lockById: { change: "lock", target: { id: 11 } },
  unlockById: { change: "unlock", target: { id: 12 } },
  deleteByUserData: { change: "delete", target: { userData: "DUP" } },
  lockByUserData: { change: "lock", target: { userData: "DUP" } },
} as const satisfies Record<string, { change: Change; target: Target }>;

export type Kind = keyof typeof kinds;

export const everyKind = Object.keys(kinds) as Kind[];

export const said = (status: number, error: string) => reply.json(status, { status, error });

export const noSuchContact = said(404, "Dialler contact not found");

/** Answers after which the change may or may not have been made. */
export const losses = {
  RST: reply.reset(),
  "a closed connection": reply.hangUp(),
  "NOT HTTP": reply.notHttp(),
  "a 70 kB header": reply.hugeHeader(200),
  "half a status line": reply.raw("HTTP/1.1 20", "close"),
  "500 JSON": said(500, "oops"),
  "500 empty": reply.empty(500),
  "502 HTML": reply.html(502, "<h1>Bad Gateway</h1>"),
  "504": reply.empty(504),
  "a status that HTTP does not know": reply.raw("HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n"),
} as const;

/** Answers of a server that is too busy, after which the change may or may not have been made. */
export const tooBusy = {
  "503 without Retry-After": said(503, "down"),
  "503 with an unreadable Retry-After": reply.empty(503, { "Retry-After": "soon" }),
  "503 with Retry-After": reply.empty(503, { "Retry-After": "0" }),
} as const;

/** Answers by which the server says no. */
export const refusals: Record<string, { answer: ScriptedReply; outcome: ChangeOutcome; stops: boolean }> = {
  "400": { answer: said(400, "missing"), outcome: "failed", stops: false },
  "409": { answer: said(409, "precondition"), outcome: "failed", stops: false },
  "422": { answer: reply.empty(422), outcome: "failed", stops: false },
  "404 JSON": { answer: noSuchContact, outcome: "notFound", stops: false },
  "404 empty": { answer: reply.empty(404), outcome: "failed", stops: true },
  "404 HTML": { answer: reply.html(404, "<h1>404</h1>"), outcome: "failed", stops: true },
  "404 of a framework": {
    answer: reply.json(404, { status: 404, error: "Not Found", path: "/x", timestamp: "now" }),
    outcome: "failed",
    stops: true,
  },
  "401": { answer: said(401, "Unauthorized"), outcome: "failed", stops: true },
  "403 HTML": { answer: reply.html(403, "<b>no</b>"), outcome: "failed", stops: true },
  "405": { answer: reply.empty(405), outcome: "failed", stops: true },
  "407": { answer: reply.html(407, "proxy"), outcome: "failed", stops: true },
  "301": { answer: reply.redirect(301, "/x"), outcome: "failed", stops: true },
  "302": { answer: reply.redirect(302, "/x"), outcome: "failed", stops: true },
  "307": { answer: reply.redirect(307, "/x"), outcome: "failed", stops: true },
  "308": { answer: reply.redirect(308, "/x"), outcome: "failed", stops: true },
  "304": { answer: reply.raw("HTTP/1.1 304 X\r\n\r\n"), outcome: "failed", stops: true },
};

/** Which rows of the list of faults an answer is, as it stands behind a title. */
export const rowsOf = (name: string, rows: Readonly<Record<string, string>>): string =>
  rows[name] === undefined ? "" : ` (${rows[name]})`;

export interface Ended {
  readonly settled: ChangeSettled;
  readonly dialler: FaultyDialler;
  readonly server: ScriptedServer;
  readonly control: QuickControl;
  /** As method and path below the contacts, in the order of arrival. */
  readonly requests: readonly string[];
  readonly changing: number;
}

export type ChangeUnderTest = (
  kind: Kind,
  script: FaultyScript,
  more?: { readonly requestSeconds?: number; readonly control?: QuickControl },
) => Promise<Ended>;

/** Makes changes on diallers that are started so. */
export function changesOnDiallers(start: ReturnType<typeof scriptedServers>): ChangeUnderTest {
  return async (kind, script, more = {}) => {
    const dialler = new FaultyDialler(script);
    const server = await start(dialler.handler);
    const control = more.control ?? quickControl();
    const limits = { requestSeconds: more.requestSeconds ?? 5, listSeconds: 5, listMegabytes: 50 };
    const { change, target } = kinds[kind];
    const settled = await clientFor(server.baseUrl, { limits }).change(change, target, { control });
    const requests = server.requests.map(
      ({ method, path }) => `${method} ${path.split("/contacts")[1] ?? path}`,
    );
    return { settled, dialler, server, control, requests, changing: server.changing().length };
  };
}

/** Whether the change has been made on the server. */
export function isApplied(kind: Kind, dialler: FaultyDialler): boolean {
  switch (kind) {
    case "deleteById":
      return !dialler.ids.includes(11);
    case "deleteByUserData":
      return dialler.ids.length < 3;
    case "lockById":
    case "lockByUserData":
      return dialler.isLocked(11) === true;
    case "unlockById":
      return dialler.isLocked(12) === false;
  }
}
