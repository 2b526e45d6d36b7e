import assert from "node:assert/strict";
import type { WireRecord } from "../../../src/dialler/api/record/wire";
import type { DemoServer } from "../../../src/dialler/demo/demoServer";

/** One call to a demo server, path below its base URL; a body is sent as JSON. */
export function callDemo(
  server: DemoServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(server.baseUrl + path, {
    method,
    headers: {
      Authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

export async function bodyOf(reply: Response): Promise<WireRecord> {
  const body: unknown = await reply.json();
  assert.ok(isRecord(body));
  return body;
}

export function recordsOf(body: WireRecord): readonly WireRecord[] {
  const { records } = body;
  assert.ok(Array.isArray(records) && records.every(isRecord));
  return records;
}

function isRecord(value: unknown): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
