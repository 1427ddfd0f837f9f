import type { Ceiling, KnownIndicator } from '@misp-pipeline/lookup';
import { Annotator } from '../src/annotate/annotator.ts';
import { type EventTypes, eventReader } from '../src/annotate/event-reader.ts';
import { Knowledge } from '../src/annotate/knowledge.ts';
import { MemoryIndex } from './memory-index.ts';

export interface AnnotatorFields {
  readonly events?: EventTypes;
  readonly ceiling?: Ceiling;
  readonly dropped?: boolean;
}

/** An annotator of Suricata's events, for what an index in memory knows. */
export function anAnnotator(known: readonly KnownIndicator[], fields: AnnotatorFields = {}): Annotator {
  const { events = new Set(['alert']), ceiling = { max: 'amber', unmarked: 'amber' }, dropped = false } = fields;
  return new Annotator(eventReader(events), new Knowledge({ index: new MemoryIndex(...known), ceiling, dropped }));
}

/** All lines of a text, annotated. */
export async function annotatedLines(annotator: Annotator, lines: readonly string[]): Promise<readonly string[]> {
  const annotated: string[] = [];
  for await (const some of annotator.annotated(lines)) annotated.push(...some);
  return annotated;
}
