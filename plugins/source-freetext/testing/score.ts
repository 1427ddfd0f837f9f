import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSource, testServices } from '@misp-pipeline/testing';
import plugin from '../src/index.ts';
import type { FreetextOptions } from '../src/options.ts';
import { labelOf, readLabels } from './labels.ts';

/** How what was read compares with what is there. */
export interface Score {
  readonly report: string;
  /** Values that a reader finds in the report. */
  readonly labelled: number;
  /** Values that the source found, and that are labelled. */
  readonly right: number;
  /** Values that the source found, and that are not labelled. */
  readonly wrong: readonly string[];
}

/** Scores each labelled report in a folder. */
export async function scoresOf(folder: string, form: FreetextOptions['form']): Promise<Score[]> {
  const scores: Score[] = [];
  for (const [report, labels] of readLabels()) {
    const found = await valuesIn(join(folder, report), form);
    const wrong = [...found].filter(([label]) => !labels.has(label)).map(([, value]) => value);
    scores.push({ report, labelled: labels.size, right: found.size - wrong.length, wrong });
  }
  return scores;
}

/** The scores of all reports together. */
export function total(scores: readonly Score[]): Score {
  const sum = (numbers: readonly number[]) => numbers.reduce((some, more) => some + more, 0);
  return {
    report: 'all',
    labelled: sum(scores.map(({ labelled }) => labelled)),
    right: sum(scores.map(({ right }) => right)),
    wrong: scores.flatMap(({ wrong }) => wrong),
  };
}

/** Share of what was found that is right; 1 when nothing was found. */
export function precisionOf({ right, wrong }: Score): number {
  return right + wrong.length === 0 ? 1 : right / (right + wrong.length);
}

/** Share of what is there that was found; 1 when nothing is there. */
export function recallOf({ right, labelled }: Score): number {
  return labelled === 0 ? 1 : right / labelled;
}

async function valuesIn(report: string, form: FreetextOptions['form']): Promise<Map<string, string>> {
  const services = testServices();
  try {
    const { indicators } = await readSource(plugin.create(plugin.options.parse({ url: report, form }), services));
    return new Map(indicators.map((indicator) => [labelOf(indicator), indicator.value]));
  } finally {
    rmSync(services.stateDir, { recursive: true });
  }
}
