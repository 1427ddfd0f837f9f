import { type Batch, type Drop, definePlugin, type Filter, z } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from './check.ts';
import { filterChecks, filterContract } from './filter-contract.ts';
import { filterSubject } from './filter-subject.ts';

const plugin = (create: () => Filter) =>
  definePlugin({
    kind: 'filter',
    name: 'no-hashes',
    summary: 'Drops MD5 hashes and marks the rest.',
    options: z.strictObject({}),
    create,
  });

/** A small filter that keeps the contract: it drops some, marks some with a copy, and passes the others on. */
function applyWell(batch: Batch, drop: Drop): Batch {
  return batch
    .filter((indicator) => {
      if (indicator.kind !== 'md5') return true;
      drop(indicator, 'hash:md5');
      return false;
    })
    .map((indicator) => (indicator.kind === 'url' ? { ...indicator, sharedHost: true } : indicator));
}

filterContract(
  plugin(() => ({ apply: applyWell })),
  { packageName: 'misp-pipeline-filter-no-hashes', reasons: ['hash:md5'] },
);

let runs = 0;

const MUTANTS: Record<string, { caughtBy: string; create: () => Filter }> = {
  'loses indicators': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({ apply: (batch) => applyWell(batch, () => {}) }),
  },
  'drops what it passes on': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({
      apply: (batch, drop) => {
        for (const indicator of batch) if (indicator.kind === 'sha1') drop(indicator, 'hash:sha1');
        return applyWell(batch, drop);
      },
    }),
  },
  'drops twice': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({
      apply: (batch, drop) =>
        applyWell(batch, (indicator, reason) => {
          drop(indicator, reason);
          drop(indicator, reason);
        }),
    }),
  },
  'drops a copy': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({ apply: (batch, drop) => applyWell(batch, (i, reason) => drop({ ...i }, reason)) }),
  },
  'changes the value': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({ apply: (batch, drop) => applyWell(batch, drop).map((i) => ({ ...i, value: `${i.value}x` })) }),
  },
  'changes an indicator in place': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({
      apply: (batch, drop) => {
        for (const indicator of batch) Object.assign(indicator, { sharedHost: true });
        return applyWell(batch, drop);
      },
    }),
  },
  'sorts the batch in place': {
    caughtBy: 'passes on or drops each indicator, once, and changes none',
    create: () => ({
      apply: (batch, drop) => {
        if (Array.isArray(batch)) batch.reverse();
        return applyWell(batch, drop);
      },
    }),
  },
  'gives a reason that cannot be counted': {
    caughtBy: 'drops for countable reasons, those of its case among them',
    create: () => ({ apply: (batch, drop) => applyWell(batch, (i) => drop(i, `${i.value} is a hash`)) }),
  },
  'never drops': {
    caughtBy: 'drops for countable reasons, those of its case among them',
    create: () => ({ apply: (batch) => batch }),
  },
  'reverses the order': {
    caughtBy: 'keeps the order',
    create: () => ({ apply: (batch, drop) => [...applyWell(batch, drop)].reverse() }),
  },
  'unsorts the tags': {
    caughtBy: 'passes on indicators in canonical form with their origins',
    create: () => ({ apply: (batch, drop) => applyWell(batch, drop).map((i) => ({ ...i, tags: ['z', 'a'] })) }),
  },
  'forgets who vouched': {
    caughtBy: 'passes on indicators in canonical form with their origins',
    create: () => ({ apply: (batch, drop) => applyWell(batch, drop).map((i) => ({ ...i, origins: [] })) }),
  },
  'drops the rest of a batch': {
    caughtBy: 'decides the same when the batch is split',
    create: () => ({
      apply: (batch, drop) => {
        for (const indicator of batch.slice(20)) drop(indicator, 'limit:batch');
        return applyWell(batch.slice(0, 20), drop);
      },
    }),
  },
  'passes the first of each value only': {
    caughtBy: 'decides the same whatever the order',
    create: () => {
      const seen = new Set<string>();
      return {
        apply: (batch, drop) =>
          batch.filter((indicator) => {
            const isNew = !seen.has(indicator.value);
            seen.add(indicator.value);
            if (!isNew) drop(indicator, 'seen:before');
            return isNew;
          }),
      };
    },
  },
  'behaves differently in each run': {
    caughtBy: 'decides the same in the next run',
    create: () => {
      const run = ++runs;
      return { apply: (batch, drop) => applyWell(batch, (i) => drop(i, `hash:run-${run}`)) };
    },
  },
  'fails on an empty batch': {
    caughtBy: 'makes nothing out of nothing',
    create: () => ({
      apply: (batch, drop) => {
        if (batch.length === 0) throw new Error('empty batch');
        return applyWell(batch, drop);
      },
    }),
  },
};

describe('filterContract', () => {
  const failedOnce = new Set<string>();

  it.each(Object.entries(MUTANTS))('catches a filter that %s', async (_name, { caughtBy, create }) => {
    const subject = filterSubject(plugin(create), { reasons: ['hash:md5'] });
    const failed = Object.keys(await failedChecks(filterChecks, subject));
    for (const name of failed) failedOnce.add(name);
    expect(failed).toContain(caughtBy);
  });

  it('has no check that all of these pass', () => {
    expect(filterChecks.map(({ name }) => name).filter((name) => !failedOnce.has(name))).toEqual([]);
  });
});
