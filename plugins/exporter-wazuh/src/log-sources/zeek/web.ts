import { URI, URL_FULL, URL_HOST, URL_PATH, URL_ROOT } from '../../lists/web.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Requests of listed URLs. */
export const WEB: readonly LookUp[] = [
  {
    id: 402,
    parent,
    field: 'uri',
    list: URL_FULL,
    says: 'listed URL $(uri) requested from a proxy',
    technique: 'T1071.001',
  },
  {
    id: 404,
    parent,
    field: 'host',
    list: URL_ROOT,
    where: { field: 'uri', matches: '^/$', example: '/' },
    says: 'listed URL requested: root page of $(host)',
    technique: 'T1071.001',
  },
  {
    id: 406,
    parent,
    field: 'uri',
    list: URL_PATH,
    also: { field: 'host', list: URL_HOST },
    says: 'listed URL requested: $(uri) on $(host)',
    technique: 'T1071.001',
  },
  {
    id: 408,
    parent,
    field: 'uri',
    list: URI,
    says: 'listed path requested: $(uri) on $(host)',
    technique: 'T1071.001',
  },
];
