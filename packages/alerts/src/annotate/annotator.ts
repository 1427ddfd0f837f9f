import type { LineReader } from '../alert.ts';
import { withAnnotation } from './add-key.ts';
import { ANNOTATION_KEY, annotationOf } from './annotation.ts';
import { hasKey } from './event-reader.ts';
import type { Knowledge } from './knowledge.ts';

/** What became of the lines. `lines` = `annotated` + `unchanged`. */
export interface AnnotationCounts {
  lines: number;
  /** Events of the types that are annotated. */
  alerts: number;
  annotated: number;
  /** Passed on as they came: nothing is known of them, or they are none of the chosen events, or one of the next two. */
  unchanged: number;
  /** Were annotated before. */
  already: number;
  /** Are no event that can be read. */
  invalid: number;
}

/** Lines that the index is asked for at once. */
const AT_ONCE = 100;

/** Adds what is known of the values in alerts to the alerts. */
export class Annotator {
  readonly #read: LineReader;
  readonly #knowledge: Knowledge;
  readonly counts: AnnotationCounts = { lines: 0, alerts: 0, annotated: 0, unchanged: 0, already: 0, invalid: 0 };

  constructor(read: LineReader, knowledge: Knowledge) {
    this.#read = read;
    this.#knowledge = knowledge;
  }

  /** For each line of a stream one line, in order, a few at a time. */
  async *annotated(lines: readonly string[]): AsyncGenerator<readonly string[]> {
    for (let i = 0; i < lines.length; i += AT_ONCE) yield await this.#some(lines.slice(i, i + AT_ONCE));
  }

  async #some(lines: readonly string[]): Promise<readonly string[]> {
    const hits = await this.#knowledge.hits(lines.map((line) => this.#observedIn(line)));
    return lines.map((line, i) => {
      const annotation = annotationOf(hits[i] ?? []);
      this.counts.lines++;
      if (annotation === undefined) {
        this.counts.unchanged++;
        return line;
      }
      this.counts.annotated++;
      return withAnnotation(line, annotation);
    });
  }

  /** Values of a line to look up. */
  #observedIn(line: string) {
    const reading = this.#read(line);
    if (reading === 'malformed') this.counts.invalid++;
    if (typeof reading === 'string') return [];
    this.counts.alerts++;
    if (!hasKey(line, ANNOTATION_KEY)) return reading.observed;
    this.counts.already++;
    return [];
  }
}
