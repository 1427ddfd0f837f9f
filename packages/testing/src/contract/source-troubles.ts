import { isPipelineError, messageOf } from '@misp-pipeline/core';
import { readSource } from '../read-source.ts';
import type { Check, Problems } from './check.ts';
import type { SourceSubject } from './source-subject.ts';
import type { RawOptions } from './subject.ts';

/** What a source has to do when it cannot be read to its end. */
export const troubleChecks: readonly Check<SourceSubject>[] = [
  { name: 'stops within one batch when the run is aborted', problems: stops },
  { name: 'can be left after the first batch', problems: isLeft },
  { name: 'names the place of what is malformed', problems: namesPlaces },
];

async function stops({ build }: SourceSubject): Promise<Problems> {
  const early = AbortSignal.abort();
  const controller = new AbortController();
  const afterAbort = [
    await batchesUntilEnd(build, early, () => {}),
    (await batchesUntilEnd(build, controller.signal, () => controller.abort())) - 1,
  ];
  return afterAbort.filter((batches) => batches > 1).map((batches) => `${batches} batches came after the abort`);
}

/** Number of batches up to the end; ending by an error is fine once the signal has aborted. */
async function batchesUntilEnd(build: SourceSubject['build'], signal: AbortSignal, each: () => void): Promise<number> {
  let batches = 0;
  try {
    await readSource(build(), signal, () => {
      batches++;
      each();
      return undefined;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return batches;
}

async function isLeft({ build }: SourceSubject): Promise<Problems> {
  const source = build();
  const { batches } = await readSource(source, undefined, () => 'stop');
  await source.close?.();
  return batches.length === 1 ? [] : ['there was no first batch'];
}

async function namesPlaces({ build, case: { malformed = [] } }: SourceSubject): Promise<Problems> {
  const problems: string[] = [];
  for (const { options, place } of malformed) {
    const said = await complaints(build, typeof options === 'function' ? options() : options);
    if (said.length === 0) problems.push(`nothing was said about what is wrong in \`${place}\``);
    else if (!said.some((text) => text.includes(place)))
      problems.push(`\`${place}\` is not named in: ${said.join(' / ')}`);
  }
  return problems;
}

/** Everything that a source says of its input, be it by reporting or by throwing. A crash is neither. */
async function complaints(build: SourceSubject['build'], options: RawOptions): Promise<string[]> {
  try {
    const { problems, rejected } = await readSource(build(undefined, options));
    return [...problems.map((p) => `${p.message} ${p.place}`), ...rejected.map((r) => `${r.reason} ${r.place}`)];
  } catch (error) {
    const isCrash = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    if (isCrash && !isPipelineError(error)) throw error;
    return [messageOf(error)];
  }
}
