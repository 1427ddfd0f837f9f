/** What to do about a certificate that is not trusted, by the code that Node has for it. */
export function distrustAdvice(code: string | undefined): string {
  if (code === 'CERT_HAS_EXPIRED') return 'Renew it on the server.';
  if (code === 'CERT_NOT_YET_VALID') return 'Set the clocks right, here and where it was made.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Write a name that it has in `url` of the source.';
  return 'Name its authority in `ca` of the source, if you trust it.';
}

/** What OpenSSL says of an answer that is not TLS. */
const NO_TLS = /wrong version number|packet length too long|unknown protocol|http request/i;

/** Whether an error means that the other side speaks something other than TLS. */
export function speaksNoTls({ message }: Error): boolean {
  return NO_TLS.test(message);
}
