import { exactList } from '../cdb-list.ts';
import { addRootKey, addTargetKey, addUriKey, addUrlHostKey } from '../keys/url.ts';
import { addValue } from '../keys/value.ts';

export const URL_FULL = exactList({
  name: 'misp-url',
  holds: 'whole URLs',
  api: false,
  kinds: ['url'],
  addKeys: addValue,
});

export const URL_ROOT = exactList({
  name: 'misp-url-root',
  holds: 'hosts whose root page is a listed URL',
  api: true,
  kinds: ['url'],
  addKeys: addRootKey,
});

export const URL_HOST = exactList({
  name: 'misp-url-host',
  holds: 'hosts of the other URLs, but not of those on shared hosts or with a port',
  api: true,
  kinds: ['url'],
  addKeys: addUrlHostKey,
});

export const URL_PATH = exactList({
  name: 'misp-url-path',
  holds: 'path and query of the same URLs',
  api: false,
  kinds: ['url'],
  addKeys: addTargetKey,
});

export const USER_AGENT = exactList({
  name: 'misp-user-agent',
  holds: 'whole user agents',
  api: false,
  kinds: ['user-agent'],
  addKeys: addValue,
});

export const URI = exactList({
  name: 'misp-uri',
  holds: 'paths and queries that are listed without a host',
  api: false,
  kinds: ['uri'],
  addKeys: addUriKey,
});

export const COOKIE = exactList({
  name: 'misp-cookie',
  holds: 'whole Cookie headers',
  api: false,
  kinds: ['cookie'],
  addKeys: addValue,
});
