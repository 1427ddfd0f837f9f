import {
  type Coverage,
  definePlugin,
  type Exporter,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorKind,
  indicatorKey,
  type StageServices,
  z,
} from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from './check.ts';
import { exporterChecks, exporterContract } from './exporter-contract.ts';
import { type ExporterCase, exporterSubject } from './exporter-subject.ts';

type Render = Exporter['render'];
type Line = (indicator: Indicator, id: number) => string;

const quoted = (text: string) => JSON.stringify(text).replace(/[^ -~]/g, '_');
const plainLine: Line = (indicator, id) =>
  `${id} ${quoted(indicator.value)} ${quoted(indicator.origins[0]?.comment ?? '')}`;

/** A small exporter that keeps the contract; each mutant below changes one thing in it. */
function listExporter(services: StageServices, line: Line = plainLine, keyOf = indicatorKey): Render {
  const book = services.ids.book({ first: 1, last: 1_000_000 });
  return (indicators, output, skip) => {
    const file = output.file('lists/all.txt');
    for (const indicator of indicators) {
      if (indicator.kind.startsWith('rule-')) {
        skip(indicator, `unsupported:${indicator.kind}`);
        continue;
      }
      const { id } = book.assign(keyOf(indicator), line(indicator, 0));
      const text = line(indicator, id);
      file.write(`${text}\n`);
      file.count(1);
      output.placed?.(indicator, { file: 'lists/all.txt', id: `line ${id}`, text });
    }
  };
}

/** Everything but rules of other engines. */
const COVERAGE: Coverage = Object.fromEntries(
  INDICATOR_KINDS.filter((kind) => !kind.startsWith('rule-')).map((kind) => [kind, { form: 'a line' }]),
);

const list = (create: (services: StageServices) => Render) =>
  definePlugin({
    kind: 'exporter',
    name: 'list',
    summary: 'Writes one line for each indicator.',
    options: z.strictObject({}),
    coverage: COVERAGE,
    create: (_options, services) => ({ render: create(services) }),
  });

/** Every line is a number and two quoted texts. */
const accepts: NonNullable<ExporterCase['accepts']> = (files) =>
  [...files].flatMap(([path, { text, entries }]) => {
    const lines = text.split('\n').slice(0, -1);
    const broken = lines.filter((line) => !/^\d+ "(\\.|[^"\\])*" "(\\.|[^"\\])*"$/.test(line));
    return [...broken, ...(lines.length === entries ? [] : [`${path} has ${lines.length} lines, not ${entries}`])];
  });

exporterContract(list(listExporter), { accepts, packageName: '@misp-pipeline/exporter-list' });

let calls = 0;

const MUTANTS: Record<string, { caughtBy: string; create: (services: StageServices) => Render }> = {
  'numbers indicators by the order in which it was asked': {
    caughtBy: 'keeps the other ids when indicators go, and gives the old ids when they return',
    create: (services) => {
      let asked = 0;
      return listExporter(services, plainLine, () => `line ${asked++}`);
    },
  },
  'writes the time of the run': {
    caughtBy: 'writes the same bytes years later in another time zone',
    create: (services) =>
      listExporter(services, (i, id) => `${plainLine(i, id)}${services.now.getUTCFullYear() - 2026 || ''}`),
  },
  'reads the system clock': {
    caughtBy: 'writes the same bytes years later in another time zone',
    create: (services) => listExporter(services, (i, id) => `${id} "${i.kind}" "${new Date().getFullYear()}"`),
  },
  'writes dates of the local time zone': {
    caughtBy: 'writes the same bytes years later in another time zone',
    create: (services) => {
      const at = (seconds = 0) => new Date(seconds * 1000 - 43_200_000).getDate();
      return listExporter(services, (i, id) => `${id} ${quoted(i.value)} "${at(i.updated)}"`);
    },
  },
  'remembers what it wrote before': {
    caughtBy: 'keeps bytes, ids and revisions in the next run',
    create: (services) => listExporter(services, (i, id) => `${id} ${quoted(i.value)} "${calls++}"`),
  },
  'revises an id though the text is the same': {
    caughtBy: 'keeps bytes, ids and revisions in the next run',
    create: (services) => {
      const run = ++calls;
      return listExporter(services, (i, id) => (id === 0 ? `${run}` : plainLine(i, id)));
    },
  },
  'forgets to escape quotes': {
    caughtBy: 'writes files that load from hostile values, with no raw control character in them',
    create: (services) => listExporter(services, (i, id) => `${id} "${i.value.replace(/[^ -~]/g, '_')}" ""`),
  },
  'lets a control character through': {
    caughtBy: 'writes files that load from hostile values, with no raw control character in them',
    create: (services) =>
      listExporter(services, (i, id) => `${id} ${quoted(i.value)} ${JSON.stringify(i.origins[0]?.comment)}`),
  },
  'chokes on a long title': {
    caughtBy: 'writes files that load from hostile values, with no raw control character in them',
    create: (services) =>
      listExporter(services, (i, id) => {
        if ((i.origins[0]?.event.title.length ?? 0) > 1000) throw new Error('title too long');
        return plainLine(i, id);
      }),
  },
  'counts an entry more for a comment with a line break': {
    caughtBy: 'counts the same entries whatever titles, comments and tags say',
    create: (services) => (indicators, output, skip) => {
      listExporter(services)(indicators, output, skip);
      for (const i of indicators) if (i.origins[0]?.comment.includes('\n')) output.file('lists/all.txt').count(1);
    },
  },
  'counts nothing': {
    caughtBy: 'writes files that load, from one indicator of each kind',
    create: (services) => (indicators, output, skip) =>
      listExporter(services)(
        indicators,
        { placed: output.placed, file: (path) => ({ write: output.file(path).write, count: () => {} }) },
        skip,
      ),
  },
  'fails when there is nothing to write': {
    caughtBy: 'writes files that load when there is no indicator',
    create: (services) => (indicators, output, skip) => {
      if (indicators.size === 0) throw new Error('no indicators');
      return listExporter(services)(indicators, output, skip);
    },
  },
  'names a file after a value': {
    caughtBy: 'writes to paths that the engine allows',
    create: (services) => (indicators, output, skip) => {
      for (const { value } of indicators.ofKind('filename')) output.file(`lists/${value}.txt`);
      return listExporter(services)(indicators, output, skip);
    },
  },
  'skips for a reason that cannot be counted': {
    caughtBy: 'skips an indicator once at most, for a countable reason',
    create: (services) => (indicators, output, skip) =>
      listExporter(services)(indicators, output, (i) => skip(i, `cannot express ${i.value}`)),
  },
  'skips an indicator twice': {
    caughtBy: 'skips an indicator once at most, for a countable reason',
    create: (services) => (indicators, output, skip) =>
      listExporter(services)(indicators, output, (i, reason) => {
        skip(i, reason);
        skip(i, reason);
      }),
  },
  'skips a copy': {
    caughtBy: 'skips an indicator once at most, for a countable reason',
    create: (services) => (indicators, output, skip) =>
      listExporter(services)(indicators, output, (i, reason) => skip({ ...i }, reason)),
  },
  'loses a kind without a word': {
    caughtBy: 'places or skips each indicator, never both',
    create: (services) => (indicators, output) => listExporter(services)(indicators, output, () => {}),
  },
  'does not write a kind that it covers': {
    caughtBy: 'covers the kinds that its coverage names, and no others',
    create: (services) => (indicators, output, skip) => {
      for (const one of indicators.ofKind('md5')) skip(one, 'unsupported:md5');
      const others = {
        ...indicators,
        ofKind: (kind: IndicatorKind) => (kind === 'md5' ? [] : indicators.ofKind(kind)),
      };
      listExporter(services)(
        {
          ...others,
          *[Symbol.iterator]() {
            for (const one of indicators) if (one.kind !== 'md5') yield one;
          },
        },
        output,
        skip,
      );
    },
  },
  'writes a kind that it does not cover': {
    caughtBy: 'covers the kinds that its coverage names, and no others',
    create: (services) => (indicators, output, skip) => {
      const file = output.file('lists/rules.txt');
      listExporter(services)(indicators, output, (one, reason) => {
        if (one.kind !== 'rule-zeek') return skip(one, reason);
        file.write(`1 "${one.kind}" ""\n`);
        file.count(1);
        output.placed?.(one, { file: 'lists/rules.txt', text: `1 "${one.kind}" ""` });
      });
    },
  },
  'skips what it has written': {
    caughtBy: 'places or skips each indicator, never both',
    create: (services) => (indicators, output, skip) => {
      listExporter(services)(indicators, output, skip);
      for (const indicator of indicators.ofKind('md5')) skip(indicator, 'unsupported:md5');
    },
  },
  'names a place that does not exist': {
    caughtBy: 'names places that exist',
    create: (services) => (indicators, output, skip) =>
      listExporter(services)(
        indicators,
        {
          file: (path) => output.file(path),
          placed: (i, place) => output.placed?.(i, { ...place, file: 'other.txt' }),
        },
        skip,
      ),
  },
  'writes only what somebody asks for': {
    caughtBy: 'writes the same bytes when nobody asks for places',
    create: (services) => (indicators, output, skip) => {
      if (output.placed !== undefined) listExporter(services)(indicators, output, skip);
    },
  },
  'sorts the indicators that belong to everybody': {
    caughtBy: 'writes files that load, from one indicator of each kind',
    create: (services) => (indicators, output, skip) => {
      (indicators.ofKind('url') as Indicator[]).reverse();
      return listExporter(services)(indicators, output, skip);
    },
  },
};

describe('exporterContract', () => {
  const failedOnce = new Set<string>();

  it.each(Object.entries(MUTANTS))('catches an exporter that %s', async (_name, { caughtBy, create }) => {
    const failed = Object.keys(await failedChecks(exporterChecks, exporterSubject(list(create), { accepts })));
    for (const name of failed) failedOnce.add(name);
    expect(failed).toContain(caughtBy);
  });

  it('has no check that all of these pass', () => {
    expect(exporterChecks.map(({ name }) => name).filter((name) => !failedOnce.has(name))).toEqual([]);
  });
});
