/** Exit codes of the command line, one for each kind of outcome. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  config: 3,
  authentication: 4,
  source: 5,
  engine: 6,
  policy: 7,
  guard: 8,
  locked: 9,
  reload: 11,
  changes: 20,
  interrupted: 130,
} as const;

interface ErrorKind<Context> {
  readonly exit: number;
  /** Lower case, no full stop, the offending value in backticks. */
  readonly message: (context: Context) => string;
  /** A sentence that says what to do. */
  readonly hint: (context: Context) => string;
}

function kind<Context>(
  exit: number,
  message: (c: Context) => string,
  hint: (c: Context) => string,
): ErrorKind<Context> {
  return { exit, message, hint };
}

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** Every error that the engine raises by itself. The error page in the docs is generated from this registry. */
export const ERRORS = {
  CONFIG_NOT_FOUND: kind<{ from: string }>(
    EXIT.config,
    (c) => `no config file found from \`${c.from}\``,
    () => 'Run `misp-pipeline init` to write one, or name one with --config FILE.',
  ),
  CONFIG_ENV_NOT_FOUND: kind<{ env: string; looked: readonly string[] }>(
    EXIT.config,
    (c) => `no config file for the environment \`${c.env}\``,
    (c) => (c.looked.length === 0 ? 'Its name is letters, digits, `_` and `-`.' : `Looked for ${list(c.looked)}.`),
  ),
  CONFIG_INVALID: kind<{ faults: readonly string[] }>(
    EXIT.config,
    (c) => `the config has ${c.faults.length} fault${c.faults.length === 1 ? '' : 's'}\n  ${c.faults.join('\n  ')}`,
    () => 'Nothing was read or written. `misp-pipeline schema` prints what each option accepts.',
  ),
  PLUGIN_INVALID: kind<{ use: string; why: string }>(
    EXIT.config,
    (c) => `\`${c.use}\` is no plugin: ${c.why}`,
    () => 'A plugin module has `export default definePlugin({...})` from @misp-pipeline/core.',
  ),
  LOCK_HELD: kind<{ state: string; holder: string }>(
    EXIT.locked,
    (c) => `another run holds the state folder \`${c.state}\`: ${c.holder}`,
    () => 'Wait for it to end, or give this pipeline a `state` folder of its own.',
  ),
  SOURCE_UNREACHABLE: kind<{ source: string; why: string }>(
    EXIT.source,
    (c) => `source \`${c.source}\` cannot be read: ${c.why}`,
    () => 'Nothing was published; the last generation stays live.',
  ),
  SOURCE_INCOMPLETE: kind<{ source: string; why: string }>(
    EXIT.source,
    (c) => `source \`${c.source}\` is incomplete: ${c.why}`,
    () => 'Nothing was published; the last generation stays live.',
  ),
  SOURCE_REFUSED: kind<{ source: string; why: string }>(
    EXIT.authentication,
    (c) => `source \`${c.source}\` refused the key: ${c.why}`,
    () => 'Check the key, its role and the addresses it may be used from.',
  ),
  STAGE_INPUT: kind<{ stage: string; faults: readonly string[] }>(
    EXIT.config,
    (c) => `\`${c.stage}\` cannot use what its options name\n  ${c.faults.join('\n  ')}`,
    () => 'Nothing was read or published. Correct the options, or the files that they name.',
  ),
  FILTER_UNBALANCED: kind<{ filter: string; came: number; went: number; dropped: number }>(
    EXIT.unexpected,
    (c) => `filter \`${c.filter}\` got ${c.came} indicators but passed on ${c.went} and dropped ${c.dropped}`,
    () => 'This is a fault of the filter: each indicator must be passed on or dropped, once.',
  ),
  EXPORTER_SKIPPED_TWICE: kind<{ exporter: string; collected: number; skipped: number }>(
    EXIT.unexpected,
    (c) => `exporter \`${c.exporter}\` got ${c.collected} indicators but skipped ${c.skipped}`,
    () => 'This is a fault of the exporter: an indicator must be skipped once at most.',
  ),
  ENGINE_REFUSED: kind<{ exporter: string; engine: string; why: string; messages: readonly string[] }>(
    EXIT.engine,
    (c) => `${c.engine} refused the files of exporter \`${c.exporter}\`: ${c.why}\n  ${c.messages.join('\n  ')}`,
    () => 'Nothing was published; the last generation stays live. `maxRefused` says how many may be left out.',
  ),
  ENGINE_ABSENT: kind<{ exporter: string }>(
    EXIT.engine,
    (c) => `no engine is here to check the files of exporter \`${c.exporter}\``,
    () => 'Install it, say with `engine.command` how to call it, or let `check` of the exporter be `if-present`.',
  ),
  OUTPUT_PATH: kind<{ exporter: string; path: string }>(
    EXIT.unexpected,
    (c) => `exporter \`${c.exporter}\` wants to write \`${c.path}\``,
    () => 'Paths are relative, of letters, digits, `_`, `-` and `.`, with no part that begins with a dot.',
  ),
  OUTPUT_CLASH: kind<{ exporters: readonly string[]; dir: string }>(
    EXIT.config,
    (c) => `exporters ${list(c.exporters)} publish into the same folder \`${c.dir}\``,
    () => 'Give each exporter a `dir` of its own.',
  ),
  OUTPUT_OCCUPIED: kind<{ path: string }>(
    EXIT.config,
    (c) => `\`${c.path}\` exists and is no symlink`,
    () => 'misp-pipeline switches `current` as a symlink; move what is there, or choose another `dir`.',
  ),
  OUTPUT_UNWRITABLE: kind<{ dir: string; why: string }>(
    EXIT.config,
    (c) => `nothing can be published into \`${c.dir}\`: ${c.why}`,
    () =>
      'Let the user of the pipeline write there, and see that the disk has room; or give the exporter another `dir`. The last generation stays live.',
  ),
  GUARD_REFUSED: kind<{ findings: readonly { id: string; message: string }[] }>(
    EXIT.guard,
    (c) => `a guard refused the change\n  ${c.findings.map(({ id, message }) => `${id}: ${message}`).join('\n  ')}`,
    (c) =>
      `Nothing was published; the last generation stays live. \`misp-pipeline plan\` shows the whole change; ${c.findings.map(({ id }) => `--accept ${id}`).join(' ')} lets it pass.`,
  ),
  /** `what` is a phrase, such as: guard `withdrwn`. `near` is the one of `known` that was probably meant. */
  ACCEPT_UNKNOWN: kind<{ finding: string; what: string; near: string | undefined; known: readonly string[] }>(
    EXIT.usage,
    (c) => `no guard can find \`${c.finding}\`: there is no ${c.what}`,
    (c) => (c.near === undefined ? `Known: ${list(c.known)}.` : `Did you mean \`${c.near}\`?`),
  ),
  /** Without a fingerprint, there is no plan at all. */
  PLAN_STALE: kind<{ fingerprint: string | undefined; why: string }>(
    EXIT.guard,
    (c) =>
      c.fingerprint === undefined
        ? `there is no plan to apply: ${c.why}`
        : `the plan \`${c.fingerprint}\` is stale: ${c.why}`,
    () => 'Nothing was published. Run `misp-pipeline plan` again, and look at what it shows now.',
  ),
  /** `wanted` is a phrase, such as: release `12`. */
  RELEASE_UNKNOWN: kind<{ wanted: string; known: string }>(
    EXIT.usage,
    (c) => `there is no ${c.wanted}`,
    (c) => `\`misp-pipeline history\` lists them; ${c.known}.`,
  ),
  RELEASE_INCOMPLETE: kind<{ release: number; missing: readonly string[] }>(
    EXIT.config,
    (c) => `release ${c.release} cannot be restored: ${c.missing.join(', ')}`,
    () =>
      'Nothing was changed. `keep` of the exporter says how many generations stay; `history` shows which can be restored.',
  ),
  RELOAD_FAILED: kind<{ exporter: string; messages: readonly string[]; restored: string }>(
    EXIT.reload,
    (c) => `the engine of exporter \`${c.exporter}\` did not confirm the new files\n  ${c.messages.join('\n  ')}`,
    (c) => c.restored,
  ),
  PLACING_FAILED: kind<{ why: string; hint: string }>(
    EXIT.config,
    (c) => `files cannot be put into place: ${c.why}`,
    (c) => `${c.hint} The last generation stays live.`,
  ),
  INDEX_MISSING: kind<{ why: string; hint: string }>(
    EXIT.config,
    (c) => c.why,
    (c) => c.hint,
  ),
  STATE_UNUSABLE: kind<{ path: string; why: string }>(
    EXIT.config,
    (c) => `\`${c.path}\` cannot be opened: ${c.why}`,
    () =>
      'Nothing was read or published. Run this as a user who may write into the state folder; a damaged file comes back from a backup.',
  ),
  STATE_FULL: kind<{ state: string; why: string }>(
    EXIT.config,
    (c) => `the state folder \`${c.state}\` cannot be written: ${c.why}`,
    () => 'Make room on its disk and run again; what this run had begun is finished or taken back then.',
  ),
  HISTORY_UNREADABLE: kind<{ path: string; why: string }>(
    EXIT.config,
    (c) => `\`${c.path}\`, which remembers what was live when, cannot be read: ${c.why}`,
    () =>
      'Run this as a user who may read the state folder. A damaged file comes back from a backup; moved away, it is begun anew.',
  ),
  HISTORY_FULL: kind<{ exporter: string; most: number }>(
    EXIT.config,
    (c) => `exporter \`${c.exporter}\` is one too many: a state folder remembers ${c.most} exporter ids`,
    () => 'Give this pipeline a `state` folder of its own, or name the exporter as an earlier one.',
  ),
  IDS_EXHAUSTED: kind<{ exporter: string; first: number; last: number }>(
    EXIT.config,
    (c) => `exporter \`${c.exporter}\` has no free number left between ${c.first} and ${c.last}`,
    () => 'Widen the range in its options; numbers of withdrawn indicators are never given again.',
  ),
  SID_CLASH: kind<{ exporter: string; file: string; sids: readonly number[] }>(
    EXIT.config,
    (c) => `rule file \`${c.file}\` uses sids that exporter \`${c.exporter}\` has given: ${c.sids.join(', ')}`,
    () => 'Change the sids of that file, or move `sids` of the exporter to another range.',
  ),
  STAGE_FAILED: kind<{ stage: string; why: string }>(
    EXIT.unexpected,
    (c) => `${c.stage} failed: ${c.why}`,
    () => 'Nothing was published; the last generation stays live.',
  ),
  INTERRUPTED: kind<Record<never, never>>(
    EXIT.interrupted,
    () => 'interrupted',
    () => 'Nothing was published; the last generation stays live.',
  ),
} as const;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorContext<Code extends ErrorCode> = Parameters<(typeof ERRORS)[Code]['message']>[0];

/** An error with a code of the registry. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: ErrorCode;
  readonly exitCode: number;
  /** What to do, as a sentence. */
  readonly hint: string;
  /** What the message was made of; undefined for an error that was made without the registry. */
  readonly context: unknown;

  constructor(code: ErrorCode, exitCode: number, message: string, hint: string, cause?: unknown, context?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.context = context;
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** Makes the error of a code: `throw pipelineError('LOCK_HELD', { state, holder })`. */
export function pipelineError<Code extends ErrorCode>(
  code: Code,
  context: ErrorContext<Code>,
  cause?: unknown,
): PipelineError {
  const entry = ERRORS[code] as unknown as ErrorKind<ErrorContext<Code>>;
  return new PipelineError(code, entry.exit, entry.message(context), entry.hint(context), cause, context);
}

/** True for errors of the registry, also when another copy of this package made them. */
export function isPipelineError(error: unknown): error is PipelineError {
  return error instanceof Error && error.name === 'PipelineError' && 'code' in error && 'exitCode' in error;
}

/** What an unknown thrown thing says of itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
