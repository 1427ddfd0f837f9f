import { type HttpError, isMaintenance } from './http-error.ts';

/** The message of a failed request, and what there is to do where that is not plain from it. */
export function explained(error: HttpError): string {
  const advice = adviceOf(error);
  return advice === undefined ? error.message : `${error.message}; ${advice}`;
}

function adviceOf(error: HttpError): string | undefined {
  if (error.kind === 'untrusted') return distrustAdvice(error.code);
  if (error.kind !== 'redirected') return undefined;
  if (isMaintenance(error)) return 'MISP is down for maintenance';
  return 'that is no maintenance: write the address of MISP itself as `url`';
}

/** What to do about a certificate that is not trusted, by the code that Node has for it. */
function distrustAdvice(code: string | undefined): string {
  if (code === 'CERT_HAS_EXPIRED') return 'renew it on the server';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'write a name that it has in `url`';
  return 'name its certificate authority in `ca` if it is your own';
}
