import type { Family, Sample } from './family.ts';
import { maybe, timestamp } from './family.ts';
import type { LiveExporter } from './live-exporter.ts';
import type { OperationState } from './operation-state.ts';
import type { RunDigest } from './run-digest.ts';

type SourceDigest = RunDigest['sources'][number];
type ExporterDigest = RunDigest['exporters'][number];

/** Metrics of the stages, as the last successful run left them, and of what is live. */
export const STAGE_FAMILIES: readonly Family[] = [
  source('source_records', 'Records read.', ({ read }) => [[read]]),
  source('source_indicators', 'Indicators handed on.', ({ indicators }) => [[indicators]]),
  source('source_problems', 'Parts of the source that could not be read.', ({ problems }) => [[problems]]),
  source('data_as_of_timestamp_seconds', 'When the origin last confirmed the data.', ({ asOf }) =>
    asOf === undefined ? [] : [[timestamp(asOf)]],
  ),
  {
    name: 'data_age_seconds',
    type: 'gauge',
    help: 'Time since the origin last confirmed the data.',
    labels: ['source'],
    // In a file that is read later the age would be wrong.
    samples: ({ state, daemon }, now) =>
      (daemon === undefined ? [] : (state.digest?.sources ?? [])).flatMap(({ id, asOf }) =>
        asOf === undefined ? [] : [[timestamp(now) - timestamp(asOf), id]],
      ),
  },
  source('rejected', 'Records that became no indicator.', ({ rejected }) => byReason(rejected), 'reason'),
  {
    name: 'dropped',
    type: 'gauge',
    help: 'Indicators dropped; the exporter is empty for a filter of the whole pipeline.',
    labels: ['filter', 'exporter', 'reason'],
    samples: ({ state }) =>
      (state.digest?.filters ?? []).flatMap(({ id, exporter = '', dropped }) =>
        byReason(dropped).map(([value, reason = '']) => [value, id, exporter, reason]),
      ),
  },
  exporter('skipped', 'Indicators that the engine cannot express.', ({ skipped }) => byReason(skipped), 'reason'),
  exporter('artefact_bytes', 'Size of all files of the generation.', ({ bytes }) => [[bytes]]),
  exporter('quarantined', 'Indicators left out because the engine refused them.', (one) => [[one.quarantined]]),
  exporter(
    'changes',
    'Indicators that came, were said anew and went.',
    ({ changes = {} }) => byReason(changes),
    'change',
  ),
  live('exported', 'Indicators that are live.', ({ exported }) => maybe(exported)),
  live(
    'generation_info',
    'The generation that is live; always 1.',
    ({ generation }) => (generation === undefined ? [] : [[1, generation]]),
    'generation',
  ),
  live('reload_confirmed', 'Whether the engine confirmed what it was told last.', ({ reloadConfirmed }) =>
    maybe(reloadConfirmed === undefined ? undefined : Number(reloadConfirmed)),
  ),
];

function byReason(counts: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(counts).map(([reason, count]) => [count, reason]);
}

function source(
  name: string,
  help: string,
  samplesOf: (one: SourceDigest) => readonly Sample[],
  more?: string,
): Family {
  return family('source', name, help, ({ digest }) => digest?.sources ?? [], samplesOf, more);
}

function exporter(
  name: string,
  help: string,
  samplesOf: (one: ExporterDigest) => readonly Sample[],
  more?: string,
): Family {
  return family('exporter', name, help, ({ digest }) => digest?.exporters ?? [], samplesOf, more);
}

function live(name: string, help: string, samplesOf: (one: LiveExporter) => readonly Sample[], more?: string): Family {
  return family('exporter', name, help, ({ live }) => live, samplesOf, more);
}

/** A gauge with a label for the stage, and perhaps one more. */
function family<Stage extends { readonly id: string }>(
  stageLabel: string,
  name: string,
  help: string,
  stagesOf: (state: OperationState) => readonly Stage[],
  samplesOf: (stage: Stage) => readonly Sample[],
  more: string | undefined,
): Family {
  return {
    ...{ name, type: 'gauge', help },
    labels: more === undefined ? [stageLabel] : [stageLabel, more],
    samples: ({ state }) =>
      stagesOf(state).flatMap((stage) =>
        samplesOf(stage).map(([value, ...labels]): Sample => [value, stage.id, ...labels]),
      ),
  };
}
