import { filePath, z } from '@misp-pipeline/core';
import { DETECTABLE_TYPES } from './types.ts';

/** Options of every source: which attributes to take. */
export const attributeOptions = {
  toIds: z.boolean().default(true).describe('Take only attributes that are marked for detection.'),
  published: z.boolean().default(true).describe('Take only attributes of published events.'),
  types: z
    .array(z.enum(DETECTABLE_TYPES))
    .min(1)
    .optional()
    .describe('MISP types to take; all that can be detected when left out.'),
};

/** Options of every source that asks over HTTP: patience and trust. */
export const requestOptions = {
  timeout: z.number().positive().max(3600).default(60).describe('Seconds that one request may take.'),
  retries: z
    .int()
    .min(0)
    .max(20)
    .default(4)
    .describe('Further attempts for a request that failed and may yet succeed.'),
  retryDelay: z
    .number()
    .positive()
    .max(60)
    .default(1)
    .describe('Seconds before the second attempt; doubles with each further one.'),
  ca: filePath().optional().describe('File with certificates (PEM) to trust instead of those of the system.'),
};
