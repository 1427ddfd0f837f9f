import type { Indicator } from '@misp-pipeline/core';
import type { Leaf } from '../rule/selection.ts';
import { INITIAL_ACCESS, OVER_WEB } from './attack-tags.ts';
import { PROXY, WEBSERVER } from './log-source.ts';
import type { Subject } from './subject.ts';

/** Shorter URIs and cookies are part of everyday requests to any host. */
const MIN_LENGTH = 5;

/** Methods of everyday requests (RFC 9110, RFC 5789). */
const ORDINARY_METHODS: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH'.split(' '),
);

/** URLs, whole: no rule sees their host alone. */
export const URL: Subject = {
  id: 'url',
  kinds: ['url'],
  includes: () => true,
  leaves: ({ value }) => [{ name: 'value', modifier: '', value }],
  places: [
    {
      logSource: PROXY,
      field: 'c-uri',
      title: 'Web Request to MISP Listed URL',
      detects: 'web requests to URLs',
      tags: OVER_WEB,
    },
  ],
  falsePositives: 'A page that has been cleaned since',
};

/** Paths with their queries, on any host. */
export const URI: Subject = {
  id: 'uri',
  kinds: ['uri'],
  includes: () => true,
  tooBroad: ({ value }) => (value.length < MIN_LENGTH ? 'uri' : undefined),
  leaves: ({ value }) =>
    value.startsWith('/') || value.startsWith('?') ? [{ name: 'value', modifier: '|endswith', value }] : [],
  places: [
    {
      logSource: PROXY,
      field: 'c-uri',
      title: 'Web Request with MISP Listed Path',
      detects: 'web requests whose URL ends with a path',
      tags: OVER_WEB,
    },
  ],
  falsePositives: 'The same path on an unrelated site',
};

/** User agents of programs inside that go out, and of visitors from outside. */
export const USER_AGENT: Subject = {
  id: 'user_agent',
  kinds: ['user-agent'],
  includes: () => true,
  leaves: ({ value }) => [{ name: 'value', modifier: '', value }],
  places: [
    {
      logSource: PROXY,
      field: 'c-useragent',
      title: 'Web Request with MISP Listed User Agent',
      detects: 'web requests with user agents',
      tags: OVER_WEB,
    },
    {
      logSource: WEBSERVER,
      field: 'cs-user-agent',
      title: 'Web Server Request with MISP Listed User Agent',
      detects: 'requests to a web server with user agents',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'Legitimate software with the same user agent',
};

/** Methods that browsers do not use. */
export const HTTP_METHOD: Subject = {
  id: 'http_method',
  kinds: ['http-method'],
  includes: () => true,
  tooBroad: ({ value }) => (ORDINARY_METHODS.has(value.toUpperCase()) ? 'http-method' : undefined),
  leaves: ({ value }) => [{ name: 'value', modifier: '', value }],
  places: [
    {
      logSource: PROXY,
      field: 'cs-method',
      title: 'Web Request with MISP Listed Method',
      detects: 'web requests with methods',
      tags: OVER_WEB,
    },
    {
      logSource: WEBSERVER,
      field: 'cs-method',
      title: 'Web Server Request with MISP Listed Method',
      detects: 'requests to a web server with methods',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'Software that uses the method, such as for WebDAV',
};

/** Cookies, alone in their header or among others. */
export const COOKIE: Subject = {
  id: 'cookie',
  kinds: ['cookie'],
  includes: () => true,
  tooBroad: ({ value }) => (value.length < MIN_LENGTH ? 'cookie' : undefined),
  leaves: cookieLeaves,
  places: [
    {
      logSource: PROXY,
      field: 'cs-cookie',
      title: 'Web Request with MISP Listed Cookie',
      detects: 'web requests with cookies',
      tags: OVER_WEB,
    },
    {
      logSource: WEBSERVER,
      field: 'cs-cookie',
      title: 'Web Server Request with MISP Listed Cookie',
      detects: 'requests to a web server with cookies',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'Legitimate software with the same cookie',
};

/** Cookies of one header are parted by `; ` (RFC 6265). */
function cookieLeaves({ value }: Indicator): readonly Leaf[] {
  return [
    { name: 'alone', modifier: '', value },
    { name: 'first', modifier: '|startswith', value: `${value}; ` },
    { name: 'last', modifier: '|endswith', value: `; ${value}` },
    { name: 'within', modifier: '|contains', value: `; ${value}; ` },
  ];
}
