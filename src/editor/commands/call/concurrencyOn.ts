import type { Connection } from "../../../dialler/endpoint/connect";

const productionConcurrency = 2;

/** Requests in flight, as the setting says; fewer on production. */
export function concurrencyOn({ endpoint }: Connection, wanted: number): number {
  return endpoint.environment === "production" ? Math.min(wanted, productionConcurrency) : wanted;
}
