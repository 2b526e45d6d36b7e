import type { Connection } from "../../../dialler/endpoint/connect";

const productionConcurrency = 2;

/** How many requests may be in flight: as many as the setting allows, fewer on production. */
export function concurrencyOn({ endpoint }: Connection, wanted: number): number {
  return endpoint.environment === "production" ? Math.min(wanted, productionConcurrency) : wanted;
}
