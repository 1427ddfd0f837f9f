import { span, z } from '@misp-pipeline/core';
import { serverOptions } from '@misp-pipeline/misp';

export const options = z.strictObject({
  source: z.strictObject(serverOptions).describe('MISP server whose sightings are read.'),
  last: span().default('365d').describe('Take only sightings of this time, such as `90d`.'),
  organisations: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Names or UUIDs of the organisations whose sightings count; all when left out.'),
  automatic: z
    .array(z.string().min(1))
    .default(['misp-pipeline'])
    .describe('How the source of sightings begins that a machine made; these never speak against a false positive.'),
  dropFrom: z
    .int()
    .min(1)
    .default(3)
    .describe('How many false positives more than true ones make an indicator be dropped.'),
  tag: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}]+$/u, 'must be on one line')
    .default('misp-pipeline:false-positive')
    .describe('Tag for an indicator with more false positives than true ones, but too few to be dropped.'),
});

export type SightingsOptions = z.output<typeof options>;
