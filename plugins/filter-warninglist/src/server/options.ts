import { secondsOfSpan, spanOrNone, z } from '@misp-pipeline/core';
import { serverOptions } from '@misp-pipeline/misp';

export const serverListOptions = z.strictObject({
  ...serverOptions,
  enabledOnly: z.boolean().default(true).describe('Use only the lists that are enabled on the server.'),
  maxAge: spanOrNone()
    .default('12h')
    .transform((text) => secondsOfSpan(text) * 1000)
    .describe('Time for which the lists are used without asking the server again, such as `12h`; `0s` asks each time.'),
});

export type ServerListOptions = z.output<typeof serverListOptions>;
