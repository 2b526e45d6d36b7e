/** Codes of our own for what a server says in a TLS alert. */
export const clientCertificate = "CLIENT_CERTIFICATE_WANTED";
export const oldTls = "OLD_TLS_ONLY";
export const noCommonCipher = "NO_COMMON_CIPHER";
/** The server answered with HTTP 101, which was not requested. */
export const unwantedUpgrade = "UNWANTED_UPGRADE";

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
