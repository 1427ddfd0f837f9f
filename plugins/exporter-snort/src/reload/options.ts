import { filePath, z } from '@misp-pipeline/core';

/** How a running sensor is told of new files; left out where somebody else does that. */
export const snortReload = z
  .strictObject({
    socket: filePath()
      .optional()
      .describe('The control socket of a running Snort 3, as its `--control-socket` names it.'),
    pidFile: filePath()
      .optional()
      .describe('Instead of a socket: file with the number of the running process, which gets a SIGHUP.'),
    log: filePath()
      .optional()
      .describe(
        'With `pidFile`: file to which Snort logs its messages, since it says only there how the reload ended.',
      ),
    timeout: z.number().positive().max(86_400).default(600).describe('Seconds that the reload may take.'),
  })
  .refine(
    ({ socket, pidFile, log }) =>
      (socket === undefined) === (pidFile !== undefined) && (pidFile === undefined) === (log === undefined),
    { error: 'give `socket`, or `pidFile` and `log`' },
  )
  .optional()
  .describe('How a running Snort is told to take the files, and what it says of them is read.');

export type SnortReload = NonNullable<z.output<typeof snortReload>>;
