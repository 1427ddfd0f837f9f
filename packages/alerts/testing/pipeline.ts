import { Secret } from '@misp-pipeline/core';
import type { KnownIndicator } from '@misp-pipeline/lookup';
import { MispClient } from '@misp-pipeline/misp';
import { SuricataRules } from '../src/rules/suricata-rules.ts';
import { Collector } from '../src/sightings/collector.ts';
import { Mapper } from '../src/sightings/mapper.ts';
import { Outbox, type OutboxOptions } from '../src/sightings/outbox.ts';
import { Pace } from '../src/sightings/pace.ts';
import { Poster, type PosterOptions } from '../src/sightings/poster.ts';
import { SightingApi } from '../src/sightings/sighting-api.ts';
import { readSuricata } from '../src/suricata.ts';
import { MemoryIndex } from './memory-index.ts';

/** 2026-11-24T12:00:00Z */
export const NOON = 1_795_521_600;

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

export function openOutbox(stateDir: string, options: Partial<OutboxOptions> = {}): Outbox {
  return new Outbox(stateDir, { late: false, dryRun: false, ...options });
}

/** Counts alerts of sids from 1,000,000,000 on; attributes of the source `cert` are reportable. */
export function aCollector(outbox: Outbox, known: readonly KnownIndicator[], now = () => NOON): Collector {
  return new Collector({
    ...{ stream: 'eve.json', read: readSuricata, outbox, mapper: new Mapper(new MemoryIndex(...known)), now },
    rules: new SuricataRules({ ledger: undefined, sids: { first: 1_000_000_000, last: 1_999_999_999 } }),
    serverOf: (source) => (source === 'cert' ? source : undefined),
  });
}

export function aPoster(outbox: Outbox, url: string, options: Partial<PosterOptions> = {}): Poster {
  const signal = options.signal ?? new AbortController().signal;
  const client = new MispClient({
    ...{ url, key: new Secret('k'.repeat(40)), verifyTls: true, timeout: 30, retries: 1, retryDelay: 0.001 },
    ...{ maxBytes: 1 << 20, logger: silent },
  });
  return new Poster({
    ...{ server: 'cert', api: new SightingApi(client, signal), outbox, signal, pace: new Pace(6_000_000) },
    ...{ reporter: { name: 'lab', privacy: 'strict', salt: outbox.salt }, now: () => NOON, grace: 300, settle: 0 },
    ...options,
  });
}
