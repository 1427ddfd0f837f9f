import { engineOptions, z } from '@misp-pipeline/core';
import { conversion } from './engine/conversion.ts';
import { allowedIndicators } from './extras/allow-list.ts';
import { sigmaReload } from './reload/options.ts';
import { LOG_SOURCES } from './subject/log-source.ts';

const correlation = z.strictObject({
  values: z.int().min(2).max(1000).default(3).describe('How many different listed values one host has to show.'),
  timespan: z
    .string()
    .regex(/^[1-9]\d{0,4}[smhd]$/)
    .default('1d')
    .describe('Within what time, such as `15m`, `6h` or `1d`.'),
});

export const sigmaOptions = z.strictObject({
  chunk: z
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .describe('Most values in one rule; a domain makes two conditions of the query, any other value one.'),
  queryLength: z
    .int()
    .min(1000)
    .max(10_000_000)
    .default(100_000)
    .describe('Most characters of all values in one rule.'),
  rules: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Most rules in all; the least worthy indicators are left out when there would be more.'),
  logsources: z
    .array(z.enum(LOG_SOURCES.map((logSource) => logSource.id)))
    .min(1)
    .default(LOG_SOURCES.map((logSource) => logSource.id))
    .describe('Log sources to write rules for, named like their folders.'),
  placeholders: z
    .boolean()
    .default(false)
    .describe('Writes rules that name lists instead of values, and a pySigma pipeline that holds the lists.'),
  allow: z
    .array(z.string().refine((text) => allowedIndicators(text).length > 0, 'no domain, address, network, URL or hash'))
    .default([])
    .describe('Domains, addresses, networks, URLs and hashes that a Sigma filter takes out of the rules.'),
  correlation: correlation
    .optional()
    .describe('Writes rules that fire when one host shows several listed values of one kind.'),
  convert: z
    .array(conversion)
    .default([])
    .describe('Targets for which `sigma convert` makes queries, which are published with the rules.'),
  engine: engineOptions('sigma'),
  reload: sigmaReload.optional(),
});

export type SigmaOptions = z.output<typeof sigmaOptions>;
export type CorrelationOptions = z.output<typeof correlation>;
