import { z } from 'zod';

/** How an exporter calls its engine's program. */
export interface EngineOptions {
  /** The program and what stands before its own arguments, such as `['docker', 'exec', 'sensor', 'suricata']`. */
  readonly command: readonly string[];
  /** Seconds that one call may take. */
  readonly timeout: number;
}

/** The option `engine` of an exporter whose files a program on the machine can check. `program` is found on PATH. */
export function engineOptions(program: string) {
  return z
    .strictObject({
      command: z
        .array(z.string().min(1))
        .min(1)
        .default([program])
        .describe(`The program, or a command that runs it elsewhere, such as \`[docker, exec, sensor, ${program}]\`.`),
      timeout: z.number().positive().max(86_400).default(600).describe('Seconds that one call may take.'),
    })
    .prefault({})
    .describe('How to call the engine that checks and proves the files.');
}
