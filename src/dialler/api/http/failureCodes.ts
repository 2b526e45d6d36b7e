import { X509Certificate } from "node:crypto";

/** Codes of our own for what a server says in a TLS alert. */
export const clientCertificate = "CLIENT_CERTIFICATE_WANTED";
export const oldTls = "OLD_TLS_ONLY";
export const noCommonCipher = "NO_COMMON_CIPHER";
/** The base URL starts with http:, and the port speaks TLS. */
export const tlsPort = "TLS_PORT";
/** The server answered with HTTP 101, which was not requested. */
export const unwantedUpgrade = "UNWANTED_UPGRADE";
/** Node's code for a chain that ends at a trusted certificate that is not a root. */
export const noRoot = "UNABLE_TO_GET_ISSUER_CERT";

/**
 * Codes of a failed handshake: a certificate error, or EPROTO for the request that was waiting for the handshake.
 * Errors after the request was written have other codes, and the request may then have been applied.
 */
const handshake =
  /CERT|^DEPTH_ZERO|^SELF_SIGNED|^UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|^EPROTO$/;

/** What a failed handshake was about; undefined if it was another failure. */
export function tlsCodeOf(code: string, message: string): string | undefined {
  const text = `${code} ${message}`;
  if (/certificate.required/i.test(text)) return clientCertificate;
  if (/unsupported.protocol|alert.protocol.version/i.test(text)) return oldTls;
  if (/alert.handshake.failure|no.shared.cipher/i.test(text)) return noCommonCipher;
  return handshake.test(code) ? code : undefined;
}

/** Whether none of the certificates in a PEM text is a root, so that no chain can end there. */
export function holdsNoRoot(pem: string): boolean {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return certificates.length > 0 && !certificates.some(isRoot);
}

function isRoot(pem: string): boolean {
  try {
    const { subject, issuer } = new X509Certificate(pem);
    return subject === issuer;
  } catch {
    return false;
  }
}

/** Whether an answer to a request without TLS is a TLS record, which begins with its type and the major version. */
export function isTlsRecord(bytes: unknown): boolean {
  return bytes instanceof Uint8Array && (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3;
}

/** Whether a page says, in the words of nginx, that a client certificate is required and none was sent. */
export function isPageOfClientCertificate(page: string): boolean {
  return /No required SSL certificate was sent/i.test(page);
}

/** Whether a page says, in the words of common servers, that its port speaks TLS. */
export function isPageOfTlsPort(page: string): boolean {
  return /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL|HTTP request to an HTTPS server/i.test(
    page,
  );
}
