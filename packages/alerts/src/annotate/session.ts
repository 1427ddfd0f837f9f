import type { Lines } from '../stream/lines.ts';
import { isWritten } from './add-key.ts';
import type { AnnotationCounts, Annotator } from './annotator.ts';
import type { Sink } from './sink.ts';

export interface AnnotationReport extends AnnotationCounts {
  /** Lines that were longer than a line may be, and left out. */
  readonly overlong: number;
  /** Lines that a killed program had written already. */
  readonly resumed: number;
}

export interface AnnotationSession {
  readonly stream: AsyncIterable<Lines>;
  readonly annotator: Annotator;
  readonly sink: Sink;
  /** Lines that were made of the beginning of the stream, and written. */
  readonly written?: readonly string[];
}

/** Annotates a stream to its end. Nothing is read on before what was read is written. */
export async function annotate({
  stream,
  annotator,
  sink,
  written = [],
}: AnnotationSession): Promise<AnnotationReport> {
  let overlong = 0;
  let resumed = 0;
  let isResuming = written.length > 0;
  for await (const batch of stream) {
    overlong += batch.overlong;
    const done = isResuming ? inCommon(batch.lines, written.slice(resumed)) : 0;
    resumed += done;
    isResuming &&= done === batch.lines.length;
    for await (const lines of annotator.annotated(batch.lines.slice(done))) await sink.write(lines);
    await sink.keep(batch.position);
  }
  return { ...annotator.counts, overlong, resumed };
}

/** How many lines, from the first, were written already. */
function inCommon(lines: readonly string[], written: readonly string[]): number {
  const first = lines.findIndex((line, i) => !isWritten(written[i] ?? '', line));
  return first < 0 ? lines.length : first;
}
