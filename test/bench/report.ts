import type { RunReport } from '@misp-pipeline/core';
import type { Runs } from './measure.ts';
import type { StageTimes } from './stages.ts';
import { seconds, table, times, whole } from './table.ts';

/** Whole runs, each input by size, with what the same run took for the size before. */
export function runsTable(all: readonly Runs[]): string {
  const head = ['run', 'attributes', 'MB', 'floor s', 's', 'ratio', 'floor cpu', 'cpu s', 'ratio', 'peak MB', 'growth'];
  const rows = (['misp', 'feed'] as const).flatMap((input) => {
    const own = all.filter((runs) => runs.input === input);
    return own.flatMap((runs, i) => [row(runs, 'first', own[i - 1]), row(runs, 'again', own[i - 1])]);
  });
  return table([head, ...rows]);
}

function row(runs: Runs, which: 'first' | 'again', smaller: Runs | undefined): string[] {
  const { input, attributes, bytes, floor } = runs;
  const { seconds: took, cpu, peak } = runs[which];
  return [
    `${input}, ${which === 'first' ? 'empty state' : 'nothing new'}`,
    whole(attributes),
    whole(bytes / 1e6),
    seconds(floor.seconds),
    seconds(took),
    times(took / floor.seconds),
    seconds(floor.cpu),
    seconds(cpu),
    times(cpu / floor.cpu),
    whole(peak),
    smaller === undefined ? '' : times(took / smaller[which].seconds),
  ];
}

/** Stages of a run over a feed. */
export function stagesTable(attributes: number, stages: StageTimes): string {
  const { floor = 1, ...own } = stages;
  const total = Object.values(own).reduce((sum, time) => sum + time, 0);
  const rows = Object.entries({ floor, ...own, 'all stages': total }).map(([name, time]) => [
    name,
    seconds(time),
    ((time / attributes) * 1e6).toFixed(2),
    times(time / floor),
  ]);
  return table([[`stages of ${whole(attributes)} (feed)`, 's', 'us each', 'ratio'], ...rows]);
}

/** What became of the attributes of a run. */
export function funnelLine({ first }: Runs): string {
  const { funnel }: RunReport = JSON.parse(first.stdout);
  const dropped = Object.values(funnel.dropped).reduce((sum, count) => sum + count, 0);
  const exported = Object.entries(funnel.exported).map(([name, count]) => `${name} ${whole(count)}`);
  return (
    `read ${whole(funnel.read)}, rejected ${whole(funnel.rejected)}, dropped ${whole(dropped)}, ` +
    `merged ${whole(funnel.merged)}; exported: ${exported.join(', ')}`
  );
}
