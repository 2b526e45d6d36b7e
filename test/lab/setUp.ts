import type { ProxyPlan } from "./proxyPlan";
import type { Scene } from "./scene";
import type { Trouble } from "./watchedDialler";

/** A proxy in front of a dialler, what is done through it, and what must come of it. */
export interface SetUp {
  /** Names the program and what it does. */
  readonly name: string;
  readonly proxy: ProxyPlan;
  /** What goes wrong in the dialler itself. */
  readonly trouble?: Trouble;
  /** `dialler.requests.timeoutSeconds`; 5 if left out. */
  readonly seconds?: number;
  /** The proxy is a forward proxy, to which VS Code would send CONNECT. */
  readonly forward?: boolean;
  /** Used instead of the proxy's own scheme. */
  readonly scheme?: "http" | "https";
  /** Acts through the scene, and says what was expected. */
  readonly run: (scene: Scene) => Promise<void>;
}
