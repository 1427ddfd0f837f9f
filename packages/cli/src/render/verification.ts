import type { ExporterVerification, VerifyReport } from '@misp-pipeline/core';
import { counted, plain } from './number.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

const STATES: Readonly<Record<Exclude<ExporterVerification['state'], 'drilled'>, string>> = {
  unpublished: 'nothing is published: run `misp-pipeline run` first',
  outdated: 'what is published is not what the config makes of the mirrored intelligence now: run `misp-pipeline run`',
  'engine-absent': 'not proven: its engine is not on this machine',
  'no-drill': 'not proven: this exporter has no fire drill',
};

const FAILURES_SHOWN = 20;

/** The result of a fire drill for a person. */
export function verificationText({ pipeline, passed, exporters }: VerifyReport, style: Style): string {
  const verdict = passed ? style('green', 'nothing failed') : style('red', 'FAILED');
  return [`${style('bold', pipeline)}: ${verdict}`, ...exporters.flatMap((one) => ['', ...lines(one, style)])].join(
    '\n',
  );
}

function lines(one: ExporterVerification, style: Style): string[] {
  if (one.state !== 'drilled') {
    const isFailure = one.state === 'unpublished' || one.state === 'outdated';
    return [`${style('bold', one.id)}  ${style(isFailure ? 'red' : 'yellow', STATES[one.state])}`];
  }
  const { mustFire, mustNotFire, benign } = one.probes;
  return [
    `${style('bold', one.id)}  generation ${one.generation}, ${one.engine}, ${one.seconds.toFixed(1)} s`,
    `  ${plain(one.drilled)} of ${counted(one.exported, 'indicator')}; ${counted(mustFire, 'probe')} had to fire, ${counted(mustNotFire, 'near miss', 'near misses')} and ${plain(benign)} benign ones had to stay silent`,
    '',
    ...kindTable(one).map((line) => `  ${line}`),
    ...Object.entries(one.unprovable).map(([why, count]) => style('dim', `  not provable, ${plain(count)}: ${why}`)),
    ...failureLines(one).map((line) => style('red', `  ${line}`)),
  ];
}

function kindTable({ kinds }: ExporterVerification): string[] {
  const rows = Object.entries(kinds).map(([kind, { proven, failed, unprovable }]) => ({
    ...{ kind, proven: plain(proven), failed: plain(failed), 'not provable': plain(unprovable) },
  }));
  return table(rows, ['kind', 'proven', 'failed', 'not provable']).split('\n');
}

function failureLines({ failed, benignHits }: ExporterVerification): string[] {
  const all = [
    ...failed.map(({ kind, value, why }) => `failed: ${kind} ${visible(value)}: ${visible(why)}`),
    ...benignHits.map(({ probe, detection }) => `false alarm: ${visible(probe)}: ${detection}`),
  ];
  if (all.length <= FAILURES_SHOWN) return all;
  return [...all.slice(0, FAILURES_SHOWN), `and ${counted(all.length - FAILURES_SHOWN, 'more failure')}`];
}
