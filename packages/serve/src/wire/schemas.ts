import { INDICATOR_KINDS, SEVERITIES, TLP_LABELS, z } from '@misp-pipeline/core';
import type { Relation, Verdict } from '@misp-pipeline/lookup';
import type { ServeLimits } from '../options.ts';

const RELATIONS: readonly Relation[] = ['exact', 'host', 'parent-domain', 'inside-range'];
const VERDICTS: readonly Verdict[] = ['live', 'known', 'dropped', 'absent'];

const moment = (what: string) => z.number().optional().describe(`${what}, in Unix seconds.`);
const texts = (what: string) => z.array(z.string()).describe(what);
const tlp = z.enum(TLP_LABELS).optional().describe('The strictest TLP label; left out where there is none.');
const severity = z.enum(SEVERITIES).describe('Threat level of the event.');
const confidence = z.number().optional().describe('0 to 100; left out where nothing was said.');
const verdict = z.enum(VERDICTS).describe('Whether it is in an artefact, only known, dropped by a filter, or absent.');

const summary = z
  .strictObject({
    tlp,
    tags: texts('All tags.'),
    techniques: texts('ATT&CK technique ids.'),
    severity,
    confidence,
    firstSeen: moment('The earliest'),
    lastSeen: moment('The latest'),
    updated: moment('When it last changed'),
    sources: texts('Ids of the sources in the config.'),
    organisations: texts('Creators of the events.'),
    events: z.number().describe('How many events.'),
    attributes: z.number().describe('How many attributes, also those that are not listed.'),
  })
  .describe('What all attributes that may be told say together.');

const stopped = z.strictObject({
  filter: z.string().describe('Id of the filter in the config.'),
  reason: z.string().describe('Such as `tlp:red`.'),
  detail: z.string().optional().describe('Such as the entry of the warninglist that matched.'),
});

const origin = z.strictObject({
  source: z.string().describe('Id of the source in the config.'),
  event: z.strictObject({ uuid: z.string(), title: z.string(), date: z.string(), org: z.string() }),
  attribute: z.string().describe('UUID of the attribute.'),
  type: z.string().describe('MISP type.'),
  category: z.string(),
  comment: z.string(),
  tlp,
  tags: texts('Its tags.'),
  techniques: texts('ATT&CK technique ids.'),
  severity,
  confidence,
  firstSeen: moment('When it was first seen'),
  lastSeen: moment('When it was last seen'),
  updated: moment('When it last changed'),
  stopped: stopped.optional().describe('What stopped it for every exporter.'),
  stoppedFor: z.record(z.string(), stopped).describe('What stopped it for single exporters.'),
});

const indicator = z.strictObject({
  relation: z.enum(RELATIONS).describe('How it covers the value that was asked for.'),
  kind: z.enum(INDICATOR_KINDS),
  value: z.string().describe('Canonical.'),
  direction: z.enum(['source', 'destination']).optional(),
  port: z.number().optional(),
  verdict: verdict.exclude(['absent']),
  summary,
  warninglists: z.array(z.strictObject({ list: z.string(), detail: z.string().optional() })),
  artefacts: z.array(z.strictObject({ exporter: z.string(), file: z.string(), id: z.string().optional() })),
  origins: z.array(origin).describe('The attributes that may be told.'),
});

const answer = z.strictObject({
  value: z.string().describe('As it was asked for.'),
  readings: texts('Canonical texts that it was read as.'),
  verdict,
  summary: summary.optional(),
  indicators: z.array(indicator).describe('Everything that covers the value.'),
  shortened: z.boolean().describe('Whether more is known than is listed; the summaries count all of it.'),
  degraded: z.boolean().describe('Whether another index had to answer for the one that was meant to.'),
});

const problem = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What was wrong.'),
  hint: z.string().describe('What to do.'),
});

/** JSON Schemas that others refer to by their `$id`. */
export const SHARED_SCHEMAS = [
  { $id: 'Answer', ...jsonSchema(answer) },
  { $id: 'Problem', ...jsonSchema(problem) },
];

export const ANSWER = { $ref: 'Answer#' };
export const PROBLEM = { $ref: 'Problem#' };

/** JSON Schemas of what is asked, within the limits. */
export function requestSchemas({ length, values }: Pick<ServeLimits, 'length' | 'values'>) {
  const value = z.string().min(1).max(length).describe('The value, defanged or not.');
  return {
    query: jsonSchema(z.strictObject({ value })),
    bulk: jsonSchema(
      z.strictObject({ values: z.array(value).min(1).max(values).describe('In the order of the answers.') }),
    ),
    lines: jsonSchema(z.unknown().describe('On each line a value, or `{"value": "..."}`.')),
  };
}

/** In the order of the questions. */
export const BULK_ANSWER = {
  type: 'object',
  properties: { answers: { type: 'array', items: ANSWER } },
  required: ['answers'],
  additionalProperties: false,
};

/** A line of an NDJSON answer: of a line that could not be answered, its number, from 1, and why. */
export const LINE_ANSWER = {
  anyOf: [
    ANSWER,
    {
      type: 'object',
      properties: { line: { type: 'integer' }, problem: PROBLEM },
      required: ['line', 'problem'],
      additionalProperties: false,
    },
  ],
};

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  return rest;
}
