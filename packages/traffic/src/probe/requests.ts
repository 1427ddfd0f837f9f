import type { Indicator } from '@misp-pipeline/core';
import { type Fetch, fetchPage } from '../scene/http.ts';
import { called } from '../scene/scene.ts';
import type { Aspect, Probes } from './probe.ts';
import { isFieldText, oneChanged, otherCase } from './variants.ts';

/** Parts of a request, whatever the host. */
export function probeRequestPart({ kind, value }: Indicator, probes: Probes): void {
  const { listed } = probes;
  const part = PARTS[kind];
  if (part === undefined || !part.isSendable(value)) return;
  const scene = (what: string, fetch: Fetch) => called(`HTTP request with ${kind} ${what}`, fetchPage(listed, fetch));
  probes.hit('plain', scene(value, part.fetch(value)));
  for (const fetch of part.alsoShown?.(value) ?? []) probes.hit('place', scene(`${value} among others`, fetch));
  for (const [aspect, near] of part.near(value)) {
    if (near !== undefined && !listed.has(kind, near)) probes.miss(aspect, scene(near, part.fetch(near)));
  }
  for (const fetch of part.elsewhere(value)) probes.miss('place', scene(`${value} elsewhere`, fetch));
}

interface RequestPart {
  readonly isSendable: (value: string) => boolean;
  readonly fetch: (value: string) => Fetch;
  /** Requests that show the value in another way. */
  readonly alsoShown?: (value: string) => readonly Fetch[];
  readonly near: (value: string) => readonly (readonly [Aspect, string | undefined])[];
  /** Requests with the value where it means something else. */
  readonly elsewhere: (value: string) => readonly Fetch[];
}

const inReferer = (value: string): readonly Fetch[] => [{ headers: [['Referer', value]] }];

const PARTS: Partial<Record<Indicator['kind'], RequestPart>> = {
  uri: {
    isSendable: (value) => /^\/[\x21-\x7e]*$/.test(value),
    fetch: (target) => ({ target }),
    near: (value) => [
      ['changed', oneChanged(value)],
      ['changed', otherCase(value)],
      ['longer', `${value}x`],
      ['longer', `/z${value}`],
      ['query', value.includes('?') ? value.replace(/\?.*$/, '') : `${value}?q=1`],
    ],
    elsewhere: (value) => [{ headers: [['Referer', `http://plain.test${value}`]] }],
  },
  'user-agent': {
    isSendable: isFieldText,
    fetch: (userAgent) => ({ userAgent }),
    near: (value) => [
      ['longer', `${value} x`],
      ['longer', `x ${value}`],
      ['changed', oneChanged(value)],
    ],
    elsewhere: inReferer,
  },
  'http-method': {
    isSendable: (value) => /^[A-Za-z-]+$/.test(value) && value !== 'GET' && value !== 'CONNECT',
    fetch: (method) => ({ method }),
    near: (value) => [
      ['longer', `${value}X`],
      ['other', 'GET'],
    ],
    elsewhere: inReferer,
  },
  cookie: {
    isSendable: isFieldText,
    fetch: (value) => ({ headers: [['Cookie', value]] }),
    alsoShown: (value) => [{ headers: [['Cookie', `a=b; ${value}; c=d`]] }],
    near: (value) => [
      ['changed', oneChanged(value)],
      ['longer', `x${value}`],
      ['longer', `${value}x`],
    ],
    elsewhere: inReferer,
  },
};
