import type { HttpError } from './http-error.ts';

/** The message of a failed request, and what there is to do where that is not plain from it. */
export function explained({ kind, message }: HttpError): string {
  if (kind === 'redirected') return `${message}; MISP does this while it is down for maintenance`;
  if (kind === 'untrusted') return `${message}; name its certificate authority in \`ca\` if it is your own`;
  return message;
}
