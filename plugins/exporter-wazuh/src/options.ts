import { z } from '@misp-pipeline/core';
import { wazuhEngine } from './engine/options.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { MOST_PATTERNS } from './pattern.ts';
import { wazuhReload } from './reload/options.ts';

/** Ids that Wazuh leaves to its users, and how many of them the rules take. */
const CUSTOM_IDS = { first: 100_000, last: 120_000 };
export const ID_BLOCK = 1000;

const level = () => z.int().min(1).max(16);
const sourceIds = LOG_SOURCES.map(({ id }) => id);

export const wazuhOptions = z.strictObject({
  logsources: z
    .array(z.enum(sourceIds))
    .min(1)
    .default(sourceIds)
    .describe('Kinds of logs in which indicators are looked up; lists that none of them needs are not written.'),
  ruleIds: z
    .strictObject({
      first: z
        .int()
        .min(CUSTOM_IDS.first)
        .max(CUSTOM_IDS.last - ID_BLOCK + 1)
        .default(110_000)
        .describe('First of the 1,000 rule ids that are taken; Wazuh leaves 100000 to 120000 to its users.'),
    })
    .prefault({})
    .describe('Where the ids of the rules lie.'),
  levels: z
    .strictObject({
      high: level().default(13).describe('Level of alerts on indicators of high severity.'),
      other: level()
        .default(10)
        .describe('Level of alerts on all other indicators, and on networks, whose severity Wazuh cannot look up.'),
    })
    .prefault({})
    .describe('Levels of the alerts.'),
  delivery: z
    .enum(['file', 'api'])
    .default('file')
    .describe(
      'How lists get to the manager: as `file`, or by its `api`, which refuses some characters and more than 10 MiB; what it refuses is left out.',
    ),
  listKeys: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(2_000_000)
    .describe('Most keys that one list has for indicators of one kind; the worthiest stay.'),
  patterns: z
    .int()
    .min(0)
    .max(MOST_PATTERNS)
    .default(0)
    .describe(
      'How many domains are matched with the names below them, and how many file names, registry keys and hashes inside of longer values, by rules that change with them; 0 for none.',
    ),
  iocs: z
    .boolean()
    .default(false)
    .describe('Whether to write indicators for the enrichment of Wazuh 5 too; not tested on that engine.'),
  networkKeys: z
    .int()
    .min(0)
    .default(100_000)
    .describe('Most list keys that all networks together may take; one network takes 1 to 128 keys.'),
  engine: wazuhEngine,
  reload: wazuhReload.optional(),
});

export type WazuhOptions = z.output<typeof wazuhOptions>;
