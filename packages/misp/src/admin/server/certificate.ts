import { connect } from 'node:tls';

/** The certificate that a server shows. */
export interface ServerCertificate {
  /** Unix seconds of its end. */
  readonly validTo: number;
  readonly issuer: string;
  /** Names that it is for, such as `DNS:misp.example.org, IP Address:192.0.2.1`. */
  readonly names: string;
  /** Why it is not trusted, as the code of Node, such as `CERT_HAS_EXPIRED`; undefined when it is. */
  readonly distrust: string | undefined;
}

export interface CertificateOptions {
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca: string | undefined;
  /** Seconds to wait. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

const HTTPS_PORT = 443;

/** Looks at the certificate of an https address, trusted or not. Nothing is sent over the connection. */
export function readCertificate(url: URL, { ca, timeout, signal }: CertificateOptions): Promise<ServerCertificate> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
  const port = Number(url.port) || HTTPS_PORT;
  const socket = connect({ host, port, ...named, ...(ca === undefined ? {} : { ca }), rejectUnauthorized: false });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeout * 1000)]);
  const abort = () => socket.destroy(new Error('the connection took too long'));
  stop.addEventListener('abort', abort, { once: true });
  return new Promise<ServerCertificate>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const { valid_to: end, issuer, subjectaltname: names = '' } = socket.getPeerCertificate();
      const distrust: unknown = socket.authorizationError;
      resolve({
        validTo: Math.floor(Date.parse(end) / 1000),
        names,
        issuer: [issuer?.O ?? issuer?.CN ?? ''].flat().join(', '),
        distrust: socket.authorized ? undefined : String(distrust),
      });
    });
  }).finally(() => {
    stop.removeEventListener('abort', abort);
    socket.destroy();
  });
}
