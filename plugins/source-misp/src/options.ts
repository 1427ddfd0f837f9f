import { span, spanOrNone, z } from '@misp-pipeline/core';
import { attributeOptions, serverOptions } from '@misp-pipeline/misp';

/** MISP reads `!`, `||` and `&&` inside a name as operators, and `&&` does not even mean and. */
const name = () =>
  z
    .string()
    .min(1)
    .refine((text) => !text.startsWith('!') && !/\|\||&&/.test(text), 'write one name, without `!`, `||` and `&&`');

const nameList = () => z.array(name()).min(1);

const date = () => z.iso.date('write a date such as `2026-11-24`');

/** What the levels are called, by MISP's numbers for them. */
export const THREAT_LEVELS = { high: '1', medium: '2', low: '3', undefined: '4' } as const;

/** What to search for. Each option narrows what the others leave. */
const searchOptions = {
  ...attributeOptions,
  categories: nameList().optional().describe('Take only attributes of these categories, such as `Network activity`.'),
  tags: nameList()
    .optional()
    .describe(
      'Take only attributes that have one of these tags or whose event has; case counts, `%` stands for any text.',
    ),
  allTags: nameList()
    .optional()
    .describe('Take only attributes that have all of these tags, some of them perhaps from their event.'),
  notTags: nameList().optional().describe('Leave out attributes that have one of these tags or whose event has.'),
  org: z
    .union([name(), nameList()])
    .optional()
    .describe('Take only events that this organisation created: its name, id or UUID, or a list of them.'),
  notOrg: z
    .union([name(), nameList()])
    .optional()
    .describe('Leave out events that this organisation created, or one of a list.'),
  events: nameList().optional().describe('Take only these events: ids or UUIDs.'),
  eventInfo: name()
    .refine((text) => !text.slice(1, -1).includes('%'), 'write `%` at the beginning or at the end only')
    .optional()
    .describe('Take only events with this title; case counts, `%` at the beginning or end stands for any text.'),
  threatLevels: z
    .array(z.enum(['high', 'medium', 'low', 'undefined']))
    .min(1)
    .optional()
    .describe('Take only events of these threat levels.'),
  last: span().optional().describe('Take only events that were published within this time, such as `7d` or `12h`.'),
  changed: span().optional().describe('Take only attributes that were changed within this time.'),
  eventChanged: span().optional().describe('Take only events that were changed within this time.'),
  from: date().optional().describe('Take only events dated this day or later.'),
  to: date().optional().describe('Take only events dated this day or earlier.'),
  firstSeen: span()
    .optional()
    .describe('Take only attributes first seen within this time; those that do not say are left out.'),
  objectRelations: nameList()
    .optional()
    .describe('Take only attributes with these relations in their object, such as `ip-dst`.'),
  sharingGroups: z
    .array(z.int().positive())
    .min(1)
    .optional()
    .describe('Take only what is shared with these sharing groups, by id; only the server checks that.'),
  enforceWarninglist: z
    .boolean()
    .default(false)
    .describe('Let the server leave out what stands on its own warninglists; noticed at a full sweep only.'),
  excludeDecayed: z
    .boolean()
    .default(false)
    .describe('Let the server leave out what has decayed; noticed at a full sweep only. Needs `scope: attributes`.'),
  decayingModel: z
    .int()
    .positive()
    .optional()
    .describe('Id of the decaying model to judge by; all that are enabled when left out.'),
  score: z.number().min(0).max(100).optional().describe('Score below which an attribute counts as decayed.'),
};

export const mispOptions = z
  .strictObject({
    ...serverOptions,
    ...searchOptions,
    scope: z
      .enum(['attributes', 'events'])
      .default('attributes')
      .describe('What to ask for: single attributes, or whole events with objects and galaxies, which costs more.'),
    pageSize: z
      .int()
      .min(100)
      .max(100_000)
      .multipleOf(100)
      .default(5000)
      .describe('Attributes to ask for at once; halved when the server cannot answer.'),
    sweep: span()
      .default('1d')
      .describe('Time after which everything is read again, to notice what no event tells, such as local tags.'),
    grace: spanOrNone()
      .default('4h')
      .describe('Time for which the attributes of an event stay that is unpublished because somebody edits it.'),
    allowIncomplete: z
      .boolean()
      .default(false)
      .describe('Go on when the server counts attributes that it does not send, as under an allow list of its own.'),
  })
  .refine(({ scope, excludeDecayed }) => !(scope === 'events' && excludeDecayed), {
    path: ['excludeDecayed'],
    message: 'the search for events cannot leave out what has decayed; write `scope: attributes`',
  })
  .refine(({ excludeDecayed, decayingModel, score }) => excludeDecayed || (decayingModel ?? score) === undefined, {
    path: ['excludeDecayed'],
    message: '`decayingModel` and `score` say how to judge; write `excludeDecayed: true` to leave out what has decayed',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'write a day that is not before `from`',
  });

export type MispOptions = z.output<typeof mispOptions>;
