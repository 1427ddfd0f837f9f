import { z } from '@misp-pipeline/core';
import { LOG_SOURCES } from './log-source.ts';

export const sigmaOptions = z.strictObject({
  chunk: z
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .describe('Most values in one rule; a domain makes two conditions of the query, any other value one.'),
  logsources: z
    .array(z.enum(LOG_SOURCES.map((logSource) => logSource.id)))
    .min(1)
    .default(LOG_SOURCES.map((logSource) => logSource.id))
    .describe('Log sources to write rules for, named like their folders.'),
});

export type SigmaOptions = z.output<typeof sigmaOptions>;
