import { describe, expect, it } from 'vitest';
import { explained } from './explained.ts';
import { HttpError } from './http-error.ts';

describe('explained', () => {
  it.each([
    ['redirected', { location: 'https://misp.example.org/users/login' }, 'no; MISP is down for maintenance'],
    ['redirected', { location: 'https://sso.example.org/?next=/users/login' }, /no maintenance: write the address/],
    ['untrusted', { code: 'CERT_HAS_EXPIRED' }, 'no; renew it on the server'],
    ['untrusted', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /a name that it has/],
    ['untrusted', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /in `ca`/],
    ['failed', {}, /^no$/],
  ] as const)('says of %s with %o what to do', (kind, details, expected) => {
    expect(explained(new HttpError(kind, 'no', undefined, details))).toMatch(expected);
  });
});
