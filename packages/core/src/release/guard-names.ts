import type { PipelineConfig } from '../config/config.ts';
import { suggest } from '../config/suggest.ts';
import { pipelineError } from '../errors.ts';

/** The guards, and which stages of the config each looks at. `rolled-back` looks at the release as a whole. */
const GUARDS: Readonly<Record<string, 'source' | 'exporter' | undefined>> = {
  incomplete: 'source',
  stale: 'source',
  empty: 'exporter',
  withdrawn: 'exporter',
  added: 'exporter',
  'rolled-back': undefined,
};

type Stages = Pick<PipelineConfig, 'sources' | 'exporters'>;

/**
 * Throws ACCEPT_UNKNOWN for the first name that no guard can ever find something under: neither a guard, nor a guard and
 * the id of a stage that it looks at. A mistyped one would accept nothing, without a word.
 */
export function refuseUnknownFindings(accept: readonly string[], config: Stages): void {
  for (const finding of accept) {
    const [guard = '', id] = finding.split(/:(.*)/s, 2);
    if (!Object.hasOwn(GUARDS, guard)) throw unknown(finding, `guard \`${guard}\``, guard, Object.keys(GUARDS));
    if (id === undefined) continue;
    const kind = GUARDS[guard];
    if (kind === undefined) throw unknown(finding, 'stage that this guard looks at', finding, [guard]);
    const ids = config[`${kind}s`].map((stage) => stage.id);
    if (!ids.includes(id)) throw unknown(finding, `${kind} \`${id}\``, id, ids);
  }
}

function unknown(finding: string, what: string, typed: string, known: readonly string[]) {
  return pipelineError('ACCEPT_UNKNOWN', { finding, what, near: suggest(typed, known), known });
}
