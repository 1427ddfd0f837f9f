import { filePath, z } from '@misp-pipeline/core';
import { conversion } from '../engine/conversion.ts';

/** How a SIEM gets what is published. */
export const sigmaReload = z
  .strictObject({
    convert: conversion
      .extend({
        output: filePath().describe(
          'File that is replaced by the queries, in one step and only when each rule became one.',
        ),
      })
      .optional()
      .describe('Queries that `sigma convert` makes of the published rules.'),
    command: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Command that is run afterwards, such as one that uploads the queries; it has to end with status 0.'),
    timeout: z.number().positive().max(86_400).default(600).describe('Seconds that the command may take.'),
  })
  .refine(({ convert, command }) => (convert ?? command) !== undefined, 'name `convert` or `command`, or both')
  .describe('How what was published gets into a SIEM; left out, nothing more is done.');

export type SigmaReload = z.output<typeof sigmaReload>;
export type OutputConversion = NonNullable<SigmaReload['convert']>;
