import {
  anIndicator,
  type ExporterCase,
  type FakeMisp,
  type FilterCase,
  type SourceCase,
} from '@misp-pipeline/testing';
import { acceptsRules, acceptsSigma, acceptsWazuh } from './accepts.ts';
import { brokenFeed, FEED, FEED_TOTALS, WARNINGLISTS } from './inputs.ts';

/** What the suites of all kinds have to be told, by kind and by the folder's name. */
export interface Cases {
  readonly source: Readonly<Record<string, SourceCase>>;
  readonly filter: Readonly<Record<string, FilterCase>>;
  readonly exporter: Readonly<Record<string, ExporterCase>>;
}

/** Cases of our own plugins. `misp` is a server that knows what the feed holds, `broken` one that cannot answer. */
export function casesOf(servers: { readonly misp: FakeMisp; readonly broken: FakeMisp }): Cases {
  const { dir, event } = brokenFeed();
  const misp = (server: FakeMisp) => ({ url: server.url, key: 'x'.repeat(40), retries: 0 });
  return {
    source: {
      'source-misp': {
        options: misp(servers.misp),
        expect: FEED_TOTALS,
        malformed: [{ options: misp(servers.broken), place: 'attributes/restSearch' }],
      },
      'source-misp-feed': {
        options: { url: FEED },
        expect: FEED_TOTALS,
        malformed: [{ options: { url: dir }, place: event }],
      },
    },
    filter: {
      'filter-tlp': { options: { max: 'green' }, reasons: ['tlp:amber', 'tlp:red', 'tlp:unknown', 'tlp:unmarked'] },
      'filter-warninglist': {
        options: { path: WARNINGLISTS },
        indicators: [anIndicator('ipv4', '198.51.100.9'), anIndicator('domain', 'update-service.example')],
        reasons: ['warninglist:rfc5735', 'warninglist:alexa'],
      },
    },
    exporter: {
      'exporter-suricata': { accepts: acceptsRules },
      'exporter-snort': { accepts: acceptsRules },
      'exporter-sigma': { accepts: acceptsSigma },
      'exporter-wazuh': { accepts: acceptsWazuh },
    },
  };
}
