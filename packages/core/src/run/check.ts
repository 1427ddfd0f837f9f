import { pipelineError } from '../errors.ts';
import type { Indicator } from '../indicator.ts';
import type { CheckReport } from '../plugin.ts';
import { type Refusals, RefusedPlaces } from './quarantine.ts';
import type { Rendered, Rendering } from './rendering.ts';
import type { CheckOutcome } from './report.ts';

/** How often files are written again without what the engine refused, before it is given up. */
const MOST_ROUNDS = 10;

/** Files that the engine takes, or that nobody asked it about. */
export interface Checked extends Rendered {
  readonly refused: Refusals;
  readonly outcome: CheckOutcome;
}

/**
 * Writes the files, and writes them again without the indicators that the engine refuses, until it takes them whole.
 * Throws ENGINE_REFUSED when too many are refused or nobody can tell which, ENGINE_ABSENT when there has to be an engine.
 */
export async function writeChecked(rendering: Rendering, known: Refusals, signal: AbortSignal): Promise<Checked> {
  const { config, exporter } = rendering.branch;
  const refused = new Map(known);
  let runs = 0;
  for (let round = 1; ; round++) {
    const rendered = await rendering.write(refused);
    const unchecked = (why: 'absent' | 'off' | 'dry-run' | 'none'): Checked => ({
      ...rendered,
      refused,
      outcome: { state: 'unchecked', why },
    });
    if (exporter.check === undefined) return unchecked('none');
    if (config.check === 'off') return unchecked('off');
    if (rendered.dir === undefined) return unchecked('dry-run');
    const report = await asked(rendering, rendered, signal);
    if (report === undefined) {
      if (config.check === 'required') throw pipelineError('ENGINE_ABSENT', { exporter: config.id });
      return unchecked('absent');
    }
    runs += report.runs;
    if (report.accepted) {
      const quarantined = [...refused].map(([{ kind, value }, message]) => ({ kind, value, message }));
      const { engine, messages } = report;
      return { ...rendered, refused, outcome: { state: 'accepted', engine, runs, quarantined, messages } };
    }
    const guilty = await guiltyOf(report, rendering, refused);
    for (const [indicator, message] of guilty) refused.set(indicator, message);
    const why = whyStopped(guilty.size, refused.size, round, rendering);
    if (why !== undefined) {
      const { engine, messages } = report;
      throw pipelineError('ENGINE_REFUSED', { exporter: config.id, engine, why, messages });
    }
  }
}

function asked(
  { branch: { config, exporter }, options }: Rendering,
  { dir = '', files }: Rendered,
  signal: AbortSignal,
): Promise<CheckReport | undefined> {
  const staged = { dir, files: files.map(({ path }) => path) };
  return options.guarded(`check of exporter ${config.id}`, async () => exporter.check?.(staged, signal));
}

/** The indicators behind the entries that the engine refused. */
async function guiltyOf(report: CheckReport, rendering: Rendering, refused: Refusals): Promise<Refusals> {
  const guilty = new Map<Indicator, string>();
  if (report.refused.length === 0) return guilty;
  const places = new RefusedPlaces(report.refused);
  await rendering.places(refused, (indicator, at) => {
    const message = places.messageAt(at);
    if (message !== undefined) guilty.set(indicator, message);
  });
  return guilty;
}

function whyStopped(
  found: number,
  refused: number,
  round: number,
  { collected, branch: { config } }: Rendering,
): string | undefined {
  if (found === 0) return 'no indicator can be blamed for it';
  if (refused > Math.ceil(config.maxRefused * collected.size))
    return `${refused} of ${collected.size} indicators, more than \`maxRefused\` (${config.maxRefused}) allows`;
  return round === MOST_ROUNDS ? `something else each time, ${MOST_ROUNDS} times` : undefined;
}
