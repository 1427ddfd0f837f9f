import { z } from 'zod';
import { cronFault, isTimezone } from '../cron-schedule.ts';
import { filePath, secret } from '../secret.ts';
import { span, spanOrNone } from '../span.ts';
import { listenAddress } from '../value/listen-address.ts';
import { webhookAddress } from '../value/webhook-address.ts';

/** What a guard may object to before anything goes live. */
const guard = z.strictObject({
  withdrawn: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Largest share of the live indicators that an exporter may lose in one run.'),
  added: z
    .number()
    .min(0)
    .default(10)
    .describe('Most indicators that an exporter may gain in one run, as a multiple of those that are live.'),
  from: z.int().min(0).default(100).describe('Changes of fewer indicators than this are never too many.'),
  empty: z.boolean().default(true).describe('Refuse to leave an exporter that has indicators without any.'),
  incomplete: z
    .enum(['withdrawing', 'always', 'off'])
    .default('withdrawing')
    .describe(
      'Refuse what an incomplete source gave: when indicators would be withdrawn for it (`withdrawing`), `always`, or never (`off`).',
    ),
  maxAge: span()
    .optional()
    .describe('Refuse a source whose data its origin has not confirmed for longer than this, such as `3d`.'),
});

/** How far back the state folder knows what was live. */
const history = z.strictObject({
  keep: span()
    .default('400d')
    .describe('How long it is remembered what was live, such as `90d`; longer while a rollback can reach it.'),
});

/** When the daemon runs the pipeline. */
const schedule = z.strictObject({
  cron: z
    .string()
    .refine((text) => cronFault(text) === undefined, { error: ({ input }) => cronFault(String(input)) })
    .describe('Cron expression with five or six fields.'),
  timezone: z
    .string()
    .min(1)
    .refine(isTimezone, 'write the name of a time zone, such as `Europe/Berlin`')
    .default('UTC')
    .describe('Name of the time zone of the expression.'),
  jitter: spanOrNone().default('0s').describe('Longest random delay of each run, such as `30s`.'),
  missed: z
    .enum(['run', 'skip'])
    .default('run')
    .describe('What happens at the start of the daemon when a run was missed: `run` once at once, or `skip`.'),
});

/** Where the numbers of the runs can be read. */
const metrics = z.strictObject({
  listen: z
    .string()
    .refine((text) => listenAddress(text) !== undefined, 'write an address and a port, such as `127.0.0.1:9469`')
    .optional()
    .describe('Address and port of the daemon for metrics and health, such as `127.0.0.1:9469`.'),
  file: filePath()
    .optional()
    .describe('File that each run replaces with its metrics, for the textfile collector of a node exporter.'),
});

/** Events that can be told to somebody. */
export const NOTIFY_EVENTS = ['failure', 'guard', 'quarantine', 'recovery'] as const;

/** Who is told when something goes wrong. */
const notify = z.strictObject({
  webhook: secret()
    .refine(
      (text) => webhookAddress(text.reveal()) !== undefined,
      'write an address that begins with `http://` or `https://`',
    )
    .describe('URL that gets a JSON document by POST.'),
  headers: z.record(z.string(), secret()).default({}).describe('Headers to send along.'),
  on: z
    .array(z.enum(NOTIFY_EVENTS))
    .min(1)
    .default(['failure', 'guard', 'recovery'])
    .describe('What is told: a `failure`, a refusal by a `guard`, a `quarantine`, a `recovery` after either.'),
  timeout: z.number().positive().max(300).default(10).describe('Seconds that the receiver may take.'),
});

/** The parts of the config that say how the pipeline is operated, rather than what it does. */
export const OPERATION = { guard, history, schedule, metrics, notify } as const;

export type GuardOptions = z.output<typeof guard>;
export type HistoryOptions = z.output<typeof history>;
export type ScheduleOptions = z.output<typeof schedule>;
export type MetricsOptions = z.output<typeof metrics>;
export type NotifyOptions = z.output<typeof notify>;
