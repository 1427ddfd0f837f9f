import { EVENT_ID, type Event, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml';
import { ConfigFaultError } from './fault.ts';

/** A parsed document and the line of each of its keys, by dotted path. */
export interface ParsedYaml {
  readonly value: unknown;
  readonly lines: ReadonlyMap<string, number>;
}

/** Parses YAML 1.2 (and so JSON). Throws {@link ConfigFaultError} with the line of a syntax error. */
export function parseYaml(text: string, file: string): ParsedYaml {
  if (text.trim() === '') return { value: {}, lines: new Map() };
  try {
    return { value: load(text, { filename: file }), lines: keyLines(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark === undefined ? undefined : error.mark.line + 1;
    throw new ConfigFaultError({ place: { file, line }, path: '', message: error.reason });
  }
}

interface Open {
  readonly kind: 'mapping' | 'sequence' | 'document';
  readonly path: string;
  /** In a mapping: the key that waits for its value. */
  key: string | undefined;
  /** In a sequence: items so far. */
  items: number;
}

/** Follows the parser's events, since the loaded value no longer knows where it came from. */
function keyLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const starts = lineStarts(text);
  const stack: Open[] = [];
  for (const event of parseEvents(text, {})) {
    if (event.type === EVENT_ID.POP) {
      stack.pop();
      continue;
    }
    const parent = stack.at(-1);
    if (parent?.kind === 'mapping' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '?';
      lines.set(join(parent.path, parent.key), lineAt(starts, offsetOf(event)));
      continue;
    }
    const path = childPath(parent);
    if (event.type === EVENT_ID.MAPPING) stack.push({ kind: 'mapping', path, key: undefined, items: 0 });
    else if (event.type === EVENT_ID.SEQUENCE) stack.push({ kind: 'sequence', path, key: undefined, items: 0 });
    else if (event.type === EVENT_ID.DOCUMENT) stack.push({ kind: 'document', path: '', key: undefined, items: 0 });
    if (parent?.kind === 'sequence') lines.set(path, lineAt(starts, offsetOf(event)));
  }
  return lines;
}

function childPath(parent: Open | undefined): string {
  if (parent === undefined || parent.kind === 'document') return '';
  if (parent.kind === 'sequence') return join(parent.path, String(parent.items++));
  const path = join(parent.path, parent.key ?? '');
  parent.key = undefined;
  return path;
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function offsetOf(event: Event): number {
  if ('valueStart' in event) return event.valueStart;
  if ('start' in event) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
