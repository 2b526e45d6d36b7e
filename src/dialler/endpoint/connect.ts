import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RequestLog } from "../api/http/exchange";
import { DiallerClient, type Limits } from "../api/diallerClient";
import type { Secrets } from "../api/secrets";
import { canonicalBaseUrl } from "../api/http/url";
import { type DemoServer, startDemoServer } from "../demo/demoServer";
import * as l10n from "../../l10n";
import type { Endpoint } from "./endpoint";

/** An open endpoint. Rows, runs and lists keep the connection they came from. */
export interface Connection {
  readonly endpoint: Endpoint;
  /** Canonical. The demo's URL differs in every session. */
  readonly baseUrl: string;
  readonly client: DiallerClient;
  /** Aborted when the connection is released. It ends reads for the view, but not changes in progress. */
  readonly ended: AbortSignal;
  dispose(): void;
}

/** Shared by all connections. */
export interface ConnectPorts {
  readonly secrets: Secrets;
  readonly log: RequestLog;
  /** Read at each call, so that a changed setting applies at once. */
  limits(): Limits & { readonly lockField: string };
  /** False where VS Code sends only requests without an agent of their own through its proxy. */
  ownAgent?(): boolean;
  /** Reports something that a person should know but need not act on. */
  warn(sentence: string): void;
}

/** The endpoint cannot be used as configured. `message` is a sentence for a person. Nothing was requested. */
export class UnusableEndpoint extends Error {
  override readonly name = "UnusableEndpoint";
}

/** Opens connections, and keeps the one demo dialler of this session running as long as it may be needed. */
export class Connector {
  #demo: Promise<DemoServer> | undefined;

  constructor(readonly ports: ConnectPorts) {}

  /**
   * `token` is ignored for the demo, which has its own.
   * @throws UnusableEndpoint
   */
  async connect(endpoint: Endpoint, token: string): Promise<Connection> {
    if (endpoint.kind === "demo") {
      const demo = await this.#startDemo();
      return this.#open(endpoint, demo.baseUrl, demo.token, undefined);
    }
    this.#refuseWithoutTls(endpoint.baseUrl, endpoint.environment === "production");
    const ca = endpoint.caFile === undefined ? undefined : await readAuthority(endpoint.caFile);
    return this.#open(endpoint, endpoint.baseUrl, token, ca);
  }

  /** Stops the demo dialler. */
  async dispose(): Promise<void> {
    const demo = this.#demo;
    this.#demo = undefined;
    await (await demo)?.stop();
  }

  #open(endpoint: Endpoint, typedUrl: string, token: string, ca: string | undefined): Connection {
    const base = canonicalBaseUrl(typedUrl);
    if (!base.ok) throw new UnusableEndpoint(base.why);
    const { ports } = this;
    ports.secrets.add(token);
    const ended = new AbortController();
    const client = new DiallerClient({
      baseUrl: base.url,
      token,
      log: ports.log,
      readOnly: endpoint.readOnly,
      get limits() {
        return ports.limits();
      },
      get lockField() {
        return ports.limits().lockField;
      },
      ...(ca === undefined ? {} : { ca }),
      ownAgent: () => ports.ownAgent?.() ?? true,
    });
    return { endpoint, baseUrl: base.url, client, ended: ended.signal, dispose: () => ended.abort() };
  }

  #startDemo(): Promise<DemoServer> {
    this.#demo ??= startDemoServer().catch((cause: unknown) => {
      this.#demo = undefined;
      throw new UnusableEndpoint(l10n.t("The demo dialler could not start on this computer."), { cause });
    });
    return this.#demo;
  }

  /** This variable turns off certificate checks for the whole process, so anyone could impersonate the server. */
  #refuseWithoutTls(baseUrl: string, production: boolean): void {
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== "0" || !baseUrl.startsWith("https:")) return;
    const sentence = l10n.t(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 is set, so the server's certificate is not checked. Unset it and restart VS Code.",
    );
    if (production) throw new UnusableEndpoint(sentence);
    this.ports.warn(sentence);
  }
}

async function readAuthority(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new UnusableEndpoint(l10n.t("The caFile {path} cannot be read.", { path }), { cause });
  }
  // TLS skips what it cannot read, and the server would be reported as untrusted for no visible reason.
  if (!text.includes("-----BEGIN CERTIFICATE-----") || !isCertificate(text)) {
    throw new UnusableEndpoint(l10n.t("The caFile {path} contains no PEM certificate.", { path }));
  }
  return text;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).fingerprint256 !== "";
  } catch {
    return false;
  }
}
