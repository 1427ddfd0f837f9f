import {
  anIndicator,
  type ExporterCase,
  type FakeMisp,
  type FilterCase,
  type Loopback,
  type SourceCase,
} from '@misp-pipeline/testing';
import { acceptsRules, acceptsSigma, acceptsWazuh } from './accepts.ts';
import { FEED_TOTALS, makeBrokenFeed, WARNINGLISTS } from './inputs.ts';
import { DISPUTED } from './sightings.ts';
import { makeTexts, TEXT_TOTALS } from './texts.ts';

/** What the suites of all kinds have to be told, by kind and by the folder's name. */
export interface Cases {
  readonly source: Readonly<Record<string, SourceCase>>;
  readonly filter: Readonly<Record<string, FilterCase>>;
  readonly exporter: Readonly<Record<string, ExporterCase>>;
}

/** What sources read: a feed, a server that knows what the feed holds, and one that cannot answer. */
export interface Inputs {
  readonly feed: string;
  readonly misp: FakeMisp;
  readonly brokenMisp: FakeMisp;
  readonly sightings: Loopback;
}

/** Cases of our own plugins. */
export function casesOf(inputs: Inputs): Cases {
  const { dir, event } = makeBrokenFeed();
  const texts = makeTexts();
  const misp = (server: FakeMisp) => ({ url: server.url, key: 'x'.repeat(40), retries: 0, pageSize: 1000 });
  return {
    source: {
      'source-misp': {
        options: misp(inputs.misp),
        expect: FEED_TOTALS,
        malformed: [{ options: misp(inputs.brokenMisp), place: 'events/index' }],
      },
      'source-misp-feed': {
        options: { url: inputs.feed },
        expect: FEED_TOTALS,
        malformed: [{ options: { url: dir }, place: event }],
      },
      'source-csv': {
        options: { url: texts.csv, header: true, columns: { value: 'host', type: 'type' } },
        expect: TEXT_TOTALS,
        malformed: [{ options: { url: texts.brokenCsv, columns: { value: 1 } }, place: 'broken.csv:1' }],
      },
      'source-freetext': {
        options: { url: texts.list },
        expect: TEXT_TOTALS,
        malformed: [{ options: { url: texts.brokenList, form: 'list' }, place: 'broken.txt:1' }],
      },
    },
    filter: {
      'filter-tlp': { options: { max: 'green' }, reasons: ['tlp:amber', 'tlp:red', 'tlp:unknown', 'tlp:unmarked'] },
      'filter-warninglist': {
        options: { path: WARNINGLISTS },
        indicators: [anIndicator('ipv4', '198.51.100.9'), anIndicator('domain', 'update-service.example')],
        reasons: ['warninglist:rfc5735', 'warninglist:alexa'],
      },
      'filter-sightings': {
        options: { source: { url: inputs.sightings.url, key: 'x'.repeat(40), retries: 0 } },
        indicators: [DISPUTED],
        reasons: ['sightings:false-positive'],
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
