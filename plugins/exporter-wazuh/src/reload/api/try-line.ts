import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf } from '../../drill/published-lists.ts';
import { blindRules } from '../../engine/messages.ts';
import { RESERVED_KEY } from '../../list-writer.ts';
import type { LogSource } from '../../look-up.ts';
import { fieldsOf, listOf, textOf } from './answer.ts';
import { explained, type WazuhApi } from './client.ts';

/** A log line that a rule of ours has to take, since a list holds a value in it. */
export interface ListedLine {
  /** The log and the value. */
  readonly what: string;
  readonly line: string;
}

/** What the manager said of a line. */
export interface Tried {
  /** Id of the rule of ours that took it. */
  readonly rule: number | undefined;
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
}

/** Bytes of a list that its first line is looked for in. */
const BEGINNING = 4096;

/** A line with the first value of a published list; undefined when no list has one that a line can be made with. */
export function listedLine(dir: string, logSources: readonly LogSource[]): ListedLine | undefined {
  for (const { title, record, lookUps } of logSources) {
    for (const { field, list, also, where } of lookUps) {
      if (record === undefined || also !== undefined || where !== undefined || list.lookup !== 'match_key') continue;
      const key = firstKey(join(dir, 'lists', list.name));
      const line = key === undefined ? undefined : record({ [field]: key });
      if (line !== undefined && !/[\r\n]/.test(line)) return { what: `${title} with ${field} \`${key}\``, line };
    }
  }
  return undefined;
}

/** Lets the manager read a line in a new session, which reads its ruleset anew. */
export async function tryLine(
  api: WazuhApi,
  { what, line }: ListedLine,
  isOurRule: (id: number) => boolean,
): Promise<Tried> {
  const event = { event: line, log_format: line.startsWith('{') ? 'json' : 'syslog', location: 'misp-pipeline' };
  const bytes = Buffer.from(JSON.stringify(event));
  const { data, failed } = await api.ask('PUT', '/logtest?wait_for_complete=true', { type: 'application/json', bytes });
  if (failed.length > 0) return { rule: undefined, faults: [`no log line could be tried: ${explained(failed)}`] };
  if (typeof data.token === 'string') await api.ask('DELETE', `/logtest/sessions/${encodeURIComponent(data.token)}`);
  const id = Number(fieldsOf(fieldsOf(data.output).rule).id);
  const dead = blindRules(listOf(data.messages).map(textOf), isOurRule);
  if (isOurRule(id)) return { rule: id, faults: dead };
  const taker = Number.isNaN(id) ? 'no rule' : `rule ${id}`;
  return { rule: undefined, faults: [...dead, `${what} is taken by ${taker}, not by one of ours`] };
}

function firstKey(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const beginning = Buffer.alloc(BEGINNING);
    const [line = '', rest] = beginning.toString('utf8', 0, readSync(file, beginning)).split('\n');
    const [key] = entryOf(line);
    return rest === undefined || key === RESERVED_KEY ? undefined : key;
  } finally {
    closeSync(file);
  }
}
