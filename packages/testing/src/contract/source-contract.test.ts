import { setImmediate } from 'node:timers/promises';
import {
  type Batch,
  definePlugin,
  type Indicator,
  type Intake,
  type Source,
  type StageServices,
  z,
} from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { aUuid } from '../corpus/uuid.ts';
import { anEvent, anIndicator, anOrigin } from '../make.ts';
import { failedChecks } from './check.ts';
import { sourceChecks, sourceContract } from './source-contract.ts';
import { type SourceCase, sourceSubject } from './source-subject.ts';

interface ListOptions {
  readonly domains: readonly string[];
}

type Read = (
  options: ListOptions,
  services: StageServices,
  signal: AbortSignal,
  intake: Intake,
) => AsyncIterable<Batch>;

const list = (read: Read) =>
  definePlugin({
    kind: 'source',
    name: 'list',
    summary: 'Hands on the domains of its options.',
    options: z.strictObject({ domains: z.array(z.string()).describe('The domains.') }),
    create: (options, services): Source => ({ read: (signal, intake) => read(options, services, signal, intake) }),
  });

const event = anEvent();

function indicatorOf(domain: string, n: number, source: string): Indicator {
  return anIndicator('domain', domain, { origins: [anOrigin({ source, event, attribute: aUuid(n) })] });
}

/** A small source that keeps the contract: two domains a batch, one of them malformed. */
const readWell: Read = async function* ({ domains }, { id }, signal, intake) {
  for (let from = 0; from < domains.length; from += 2) {
    await setImmediate();
    if (signal.aborted) return;
    const batch: Indicator[] = [];
    for (const [i, domain] of domains.slice(from, from + 2).entries()) {
      intake.read(1);
      if (domain.includes(' ')) intake.reject('rejected:blank', { value: domain, place: `domain ${from + i}` });
      else batch.push(indicatorOf(domain, from + i, id));
    }
    if (batch.length > 0) yield batch;
  }
};

const CASE: SourceCase = {
  options: { domains: ['a.example', 'b.example', 'not a domain', 'also not', 'c.example', 'd.example', 'e.example'] },
  expect: { read: 7, indicators: 5, rejected: 2, problems: 0 },
  malformed: [{ options: { domains: ['a.example', 'no domain'] }, place: 'domain 1' }],
};

sourceContract(list(readWell), CASE);

/** Passes every batch through `change`. */
function changing(change: (indicator: Indicator) => Indicator): Read {
  return async function* (...given) {
    for await (const batch of readWell(...given)) yield batch.map(change);
  };
}

/** Reads well, but says something else to the intake. */
function saying(change: (intake: Intake) => Partial<Intake>): Read {
  return (options, services, signal, intake) =>
    readWell(options, services, signal, {
      read: (n) => intake.read(n),
      reject: (reason, record) => intake.reject(reason, record),
      problem: (problem) => intake.problem(problem),
      sync: (report) => intake.sync(report),
      asOf: (time) => intake.asOf(time),
      withdrawn: (reason, record) => intake.withdrawn(reason, record),
      ...change(intake),
    });
}

let runs = 0;

const MUTANTS: Record<string, { caughtBy: string; read: Read }> = {
  'reads nothing': { caughtBy: 'hands on what its case expects', read: async function* () {} },
  'stops after the first batch': {
    caughtBy: 'hands on what its case expects',
    read: async function* (...given) {
      for await (const batch of readWell(...given)) {
        yield batch;
        return;
      }
    },
  },
  'hands on empty batches': {
    caughtBy: 'hands on no empty batch',
    read: async function* (...given) {
      yield [];
      yield* readWell(...given);
    },
  },
  'leaves hosts in upper case': {
    caughtBy: 'hands on canonical indicators with complete, single origins',
    read: changing((i) => ({ ...i, value: i.value.toUpperCase() })),
  },
  'gives times in milliseconds': {
    caughtBy: 'hands on canonical indicators with complete, single origins',
    read: changing((i) => ({ ...i, updated: 1_763_000_000_000 })),
  },
  'leaves out the origin': {
    caughtBy: 'hands on canonical indicators with complete, single origins',
    read: changing((i) => ({ ...i, origins: [] })),
  },
  'gives its own name to the source': {
    caughtBy: 'hands on canonical indicators with complete, single origins',
    read: changing((i) => ({ ...i, origins: i.origins.map((origin) => ({ ...origin, source: 'list' })) })),
  },
  'counts no records': { caughtBy: 'accounts for every record, once', read: saying(() => ({ read: () => {} })) },
  'rejects without a word': { caughtBy: 'accounts for every record, once', read: saying(() => ({ reject: () => {} })) },
  'rejects for a reason that cannot be counted': {
    caughtBy: 'says in a countable way why a record became nothing, and where it stands',
    read: saying((intake) => ({ reject: (_, record) => intake.reject(`bad ${record.value}`, record) })),
  },
  'does not say where a rejected record stands': {
    caughtBy: 'says in a countable way why a record became nothing, and where it stands',
    read: saying((intake) => ({ reject: (reason, record) => intake.reject(reason, { ...record, place: '' }) })),
  },
  'reads something else each time': {
    caughtBy: 'hands on the same when it is read again',
    read: (...given) => changing((i) => ({ ...i, updated: ++runs }))(...given),
  },
  'makes an event object for each indicator': {
    caughtBy: 'shares one event object among the indicators of an event',
    read: changing((i) => ({ ...i, origins: i.origins.map((o) => ({ ...o, event: { ...o.event } })) })),
  },
  'goes on after an abort': {
    caughtBy: 'stops within one batch when the run is aborted',
    read: (options, services, _signal, intake) => readWell(options, services, new AbortController().signal, intake),
  },
  'cannot be left': {
    caughtBy: 'can be left after the first batch',
    read: (...given) => {
      const batches = readWell(...given)[Symbol.asyncIterator]();
      const left = () => Promise.reject(new Error('left too early'));
      return { [Symbol.asyncIterator]: () => ({ next: () => batches.next(), return: left }) };
    },
  },
  'crashes on malformed input': {
    caughtBy: 'names the place of what is malformed',
    read: saying(() => ({ reject: (_, record) => JSON.parse('null')[record.value] })),
  },
  'names another place': {
    caughtBy: 'names the place of what is malformed',
    read: saying((intake) => ({ reject: (reason, record) => intake.reject(reason, { ...record, place: 'list' }) })),
  },
};

describe('sourceContract', () => {
  const failedOnce = new Set<string>();

  it.each(Object.entries(MUTANTS))('catches a source that %s', async (_name, { caughtBy, read }) => {
    const failed = Object.keys(await failedChecks(sourceChecks, sourceSubject(list(read), CASE)));
    for (const name of failed) failedOnce.add(name);
    expect(failed).toContain(caughtBy);
  });

  it('has no check that all of these pass', () => {
    expect(sourceChecks.map(({ name }) => name).filter((name) => !failedOnce.has(name))).toEqual([]);
  });
});
