import { Signal } from "../../signal";
import type { Connection } from "./connect";
import type { Endpoint, ServerEndpoint } from "./endpoint";

/** The endpoint that the settings select. */
export type WantedEndpoint =
  | { readonly kind: "none" }
  /** The name is not in the settings, or its settings cannot be used. */
  | { readonly kind: "unusable"; readonly name: string; readonly why: string }
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint };

export type EndpointState =
  | Exclude<WantedEndpoint, { kind: "endpoint" }>
  | { readonly kind: "connecting"; readonly endpoint: Endpoint }
  | { readonly kind: "noToken"; readonly endpoint: ServerEndpoint }
  | { readonly kind: "failed"; readonly endpoint: Endpoint; readonly error: unknown }
  | { readonly kind: "connected"; readonly endpoint: Endpoint; readonly connection: Connection };

/** The store of tokens. */
export interface Tokens {
  tokenOf(baseUrl: string): Promise<string | undefined>;
}

/** Opens connections. */
export interface Connects {
  connect(endpoint: Endpoint, token: string): Promise<Connection>;
}

/** Keeps exactly one connection open while the selected endpoint and its token change. */
export class FollowEndpoint {
  readonly changed = new Signal<EndpointState>();
  #state: EndpointState = { kind: "none" };
  #turn: Promise<void> = Promise.resolve();

  constructor(
    readonly tokens: Tokens,
    readonly connector: Connects,
  ) {}

  get state(): EndpointState {
    return this.#state;
  }

  /** Switches to another endpoint, or reconnects to the same one. The last call wins. */
  follow(wanted: WantedEndpoint): Promise<void> {
    const begun: EndpointState =
      wanted.kind === "endpoint" ? { kind: "connecting", endpoint: wanted.endpoint } : wanted;
    this.#become(begun);
    // A listener may already have called follow() again.
    if (this.#state !== begun) return this.#turn;
    this.#turn = wanted.kind === "endpoint" ? this.#connect(wanted.endpoint, begun) : Promise.resolve();
    return this.#turn;
  }

  /** Resolves when the last `follow` is complete. */
  async settled(): Promise<EndpointState> {
    let turn: Promise<void>;
    do {
      turn = this.#turn;
      await turn;
    } while (turn !== this.#turn);
    return this.#state;
  }

  dispose(): void {
    this.#become({ kind: "none" });
  }

  async #connect(endpoint: Endpoint, begun: EndpointState): Promise<void> {
    let reached: EndpointState;
    try {
      reached = await this.#reach(endpoint);
    } catch (error) {
      reached = { kind: "failed", endpoint, error };
    }
    if (this.#state === begun) this.#become(reached);
    else if (reached.kind === "connected") reached.connection.dispose();
  }

  async #reach(endpoint: Endpoint): Promise<EndpointState> {
    const token = endpoint.kind === "demo" ? "" : await this.tokens.tokenOf(endpoint.baseUrl);
    if (token === undefined && endpoint.kind === "server") return { kind: "noToken", endpoint };
    return { kind: "connected", endpoint, connection: await this.connector.connect(endpoint, token ?? "") };
  }

  #become(state: EndpointState): void {
    const before = this.#state;
    this.#state = state;
    if (before.kind === "connected") before.connection.dispose();
    this.changed.send(state);
  }
}
