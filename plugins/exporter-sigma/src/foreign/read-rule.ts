import { load } from 'js-yaml';
import type { LogSource } from '../subject/log-source.ts';
import { detectionFault } from './detection-fault.ts';
import { isMap, type YamlMap } from './yaml.ts';

/** A longer rule is none that a person wrote. */
const MAX_CHARACTERS = 65_536;

/** Keys of a rule in Sigma 2.1. Others, such as `correlation`, `filter` or `action`, would make another document of it. */
const KEYS: ReadonlySet<string> = new Set(
  `title id name related taxonomy status description license author references date modified tags logsource detection
  fields falsepositives level scope`.split(/\s+/),
);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A rule that somebody shared, as far as it is passed on. */
export interface ForeignRule {
  /** Letters, digits, blanks and `.,()_-`; may be empty. */
  readonly title: string;
  /** Lower-case UUID. */
  readonly id: string | undefined;
  readonly logSource: Omit<LogSource, 'id' | 'prefix'>;
  readonly detection: YamlMap;
  /** Tags of ATT&CK, sorted. */
  readonly tags: readonly string[];
}

/**
 * Reads a rule that comes from a stranger. Only its log source, its detection, its ATT&CK tags and its name are taken;
 * a fault is told in half a sentence.
 */
export function readForeignRule(text: string): ForeignRule | { readonly fault: string } {
  if (text.length > MAX_CHARACTERS) return { fault: `longer than ${MAX_CHARACTERS} characters` };
  let document: unknown;
  try {
    // The core schema makes no dates, no binary and no custom objects; anything but one document throws.
    document = load(text);
  } catch {
    return { fault: 'no YAML document' };
  }
  if (!isMap(document)) return { fault: 'no map of keys' };
  const unknown = Object.keys(document).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return { fault: `unknown key \`${unknown.slice(0, 40)}\`` };
  const logSource = readLogSource(document.logsource);
  if (logSource === undefined) return { fault: 'no well-formed log source' };
  const { detection } = document;
  if (!isMap(detection)) return { fault: 'no detection' };
  const fault = detectionFault(detection);
  if (fault !== undefined) return { fault };
  const id = typeof document.id === 'string' ? document.id.toLowerCase() : '';
  return {
    title: plainTitle(document.title),
    id: UUID.test(id) ? id : undefined,
    logSource,
    detection,
    tags: attackTags(document.tags),
  };
}

function readLogSource(value: unknown): ForeignRule['logSource'] | undefined {
  if (!isMap(value)) return undefined;
  const { definition: _, ...parts } = value;
  const entries = Object.entries(parts);
  const areNamed = entries.every(
    ([key, name]) =>
      /^(?:category|product|service)$/.test(key) && typeof name === 'string' && /^[a-z][a-z0-9_.-]{0,60}$/.test(name),
  );
  return areNamed && entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function plainTitle(title: unknown): string {
  if (typeof title !== 'string') return '';
  return title
    .replace(/[^\p{L}\p{Nd} .,()_-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
}

function attackTags(tags: unknown): readonly string[] {
  if (!Array.isArray(tags)) return [];
  const found = tags.filter(
    (tag): tag is string => typeof tag === 'string' && /^attack\.[a-z0-9][a-z0-9.-]{1,40}$/.test(tag),
  );
  return [...new Set(found)].sort().slice(0, 20);
}
