import { describe, expect, it } from 'vitest';
import { distrustAdvice } from './tls-advice.ts';

describe('distrustAdvice', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'Renew it on the server.'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Write a name that it has in `url` of the source.'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Name its authority in `ca` of the source, if you trust it.'],
    [undefined, 'Name its authority in `ca` of the source, if you trust it.'],
  ])('for %s: %s', (code, advice) => {
    expect(distrustAdvice(code)).toBe(advice);
  });
});
