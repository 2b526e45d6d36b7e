// Calls of the API as the tests of the exchange make them, and the failure of one.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { ApiError } from "../../../src/dialler/api/http/apiError";
import { type Access, type Call, exchange } from "../../../src/dialler/api/http/exchange";
import { rejection } from "./clientFor";
import { token } from "./token";

export const get: Call = { method: "GET", path: ["dialler", "contacts"], deadlines: { totalMs: 5000 } };

export const list = JSON.stringify({ records: [{ ID: 1, Name: "Müller" }], count: 1, status: 200 });

export async function failure(access: Access, call: Call = get): Promise<ApiError> {
  const error = await rejection(exchange(access, call).then((answer) => answer.text()));
  assert.ok(error instanceof ApiError, inspect(error));
  for (const said of [error.message, error.sentence, String(error.stack), inspect(error, { depth: 9 })]) {
    assert.ok(!said.includes(token), said);
  }
  return error;
}
