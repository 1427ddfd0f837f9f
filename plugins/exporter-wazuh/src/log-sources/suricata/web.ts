import { URI, URL_FULL, URL_HOST, URL_PATH, URL_ROOT } from '../../lists/web.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Requests of listed URLs. */
export const WEB: readonly LookUp[] = [
  {
    id: 0,
    parent,
    field: 'http.url',
    list: URL_FULL,
    says: 'listed URL $(http.url) requested from a proxy',
    technique: 'T1071.001',
  },
  {
    id: 2,
    parent,
    field: 'http.hostname',
    list: URL_ROOT,
    where: { field: 'http.url', matches: '^/$', example: '/' },
    says: 'listed URL requested: root page of $(http.hostname)',
    technique: 'T1071.001',
  },
  {
    id: 4,
    parent,
    field: 'http.url',
    list: URL_PATH,
    also: { field: 'http.hostname', list: URL_HOST },
    says: 'listed URL requested: $(http.url) on $(http.hostname)',
    technique: 'T1071.001',
  },
  {
    id: 6,
    parent,
    field: 'http.url',
    list: URI,
    says: 'listed path requested: $(http.url) on $(http.hostname)',
    technique: 'T1071.001',
  },
];
