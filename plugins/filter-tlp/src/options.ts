import { z } from '@misp-pipeline/core';

/** Labels that a person may set; `unknown` is none of them. */
const LABELS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;

export const options = z.strictObject({
  max: z
    .enum(LABELS)
    .default('amber')
    .describe('Strictest TLP label that may pass; indicators with a narrower audience are dropped.'),
  unmarked: z
    .enum([...LABELS, 'drop'])
    .default('amber')
    .describe('Label that an indicator without any TLP label counts as; `drop` drops it whatever `max` says.'),
});

export type TlpOptions = z.output<typeof options>;
