import { certificateFile } from "../support/dialler/scriptedServer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/host/places";
import type { Program } from "./programs";

/** Where a proxy of a set-up listens, what stands behind it, and which folder is its own. */
export interface ProxyPlace {
  readonly port: number;
  readonly diallerPort: number;
  readonly folder: string;
}

/** A proxy that can be started: its program, its configuration, and other files that it reads from its folder. */
export interface ProxyPlan {
  readonly program: Program;
  readonly config: (place: ProxyPlace) => string;
  readonly files?: Readonly<Record<string, string>>;
  /** The proxy speaks TLS with the certificate of the tests. */
  readonly tls: boolean;
}

const key = join(projectRoot, "test", "support", "certificates", "key.pem");
export const authority = certificateFile("selfSigned");
/** Certificate and key in one file, as haproxy wants them. */
const bothFile = "both.pem";

interface NginxParts {
  readonly http?: string;
  readonly server?: string;
  /** Locations beside `/`. */
  readonly locations?: string;
  /** The lines of the upstream; one line for the dialler if left out. DIALLER stands for its address. */
  readonly upstream?: string;
  /** TLS, with these lines. */
  readonly tls?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** nginx in front of the dialler. In every part, DIALLER stands for the dialler's address and FOLDER for its folder. */
export function nginx(parts: NginxParts): ProxyPlan {
  const tls =
    parts.tls === undefined
      ? ""
      : `ssl_certificate ${authority}; ssl_certificate_key ${key}; ssl_session_cache off; ${parts.tls}`;
  // Started by root, its worker would otherwise be another user, who may not enter the folder.
  const user = process.getuid?.() === 0 ? "user root root;" : "";
  const text = `
daemon off; ${user} pid FOLDER/nginx.pid; error_log FOLDER/error.log; worker_processes 1;
events { worker_connections 256; }
http {
  log_format lab '$request_method $status $request_uri';
  access_log FOLDER/access.log lab;
  client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi;
  uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
  ${parts.http ?? ""}
  upstream dialler { ${parts.upstream ?? "server DIALLER max_fails=0;"} keepalive 16; }
  server {
    listen 127.0.0.1:PORT${parts.tls === undefined ? "" : " ssl"};
    ${tls}
    proxy_http_version 1.1; proxy_set_header Host DIALLER; proxy_set_header Connection "";
    ${parts.server ?? ""}
    location / { proxy_pass http://dialler; }
    ${parts.locations ?? ""}
  }
}`;
  return planOf("nginx", text, parts.tls !== undefined, parts.files);
}

interface HaproxyParts {
  readonly defaults?: string;
  readonly frontend?: string;
  readonly backend?: string;
  /** The address behind it; the dialler's if left out. */
  readonly server?: string;
  /** TLS, with these words behind the certificate. */
  readonly tls?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** haproxy in front of the dialler, with the same two words. */
export function haproxy(parts: HaproxyParts): ProxyPlan {
  const bind = parts.tls === undefined ? "" : ` ssl crt FOLDER/${bothFile} ${parts.tls}`;
  const text = `
global
  maxconn 256
defaults
  mode http
  timeout connect 2s
  timeout client 20s
  timeout server 20s
  ${parts.defaults ?? ""}
frontend lab
  bind 127.0.0.1:PORT${bind}
  ${parts.frontend ?? ""}
  default_backend dialler
backend dialler
  http-request set-header Host DIALLER
  ${parts.backend ?? ""}
  server one ${parts.server ?? "DIALLER"}
`;
  const certificate = parts.tls === undefined ? {} : { [bothFile]: certificateWithKey() };
  return planOf("haproxy", text, parts.tls !== undefined, { ...certificate, ...parts.files });
}

function certificateWithKey(): string {
  return readFileSync(authority, "utf8") + readFileSync(key, "utf8");
}

function planOf(
  program: Program,
  text: string,
  tls: boolean,
  files: Readonly<Record<string, string>> = {},
): ProxyPlan {
  const config = ({ port, diallerPort, folder }: ProxyPlace): string =>
    text
      .replaceAll("PORT", String(port))
      .replaceAll("DIALLER", `127.0.0.1:${diallerPort}`)
      .replaceAll("FOLDER", folder);
  return { program, config, files, tls };
}
