import type { ExporterReport, GuardFinding, RunReport } from '@misp-pipeline/core';
import { changesLines, countsText, isEmpty, sortedReasons } from './changes.ts';
import { type CheckVerdict, checkLines, verdictOf } from './check.ts';
import { sizeText } from './files.ts';
import { counted, plain } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** What a plan says: it holds no time and no secret, so that the same change always gives the same plan. */
export interface Plan {
  readonly pipeline: string;
  /** What `apply` wants to be told; null when there is nothing to apply. */
  readonly fingerprint: string | null;
  readonly guard: readonly Pick<GuardFinding, 'id' | 'message'>[];
  readonly exporters: readonly PlannedExporter[];
}

/** What a plan says of an exporter. */
export interface PlannedExporter
  extends Pick<ExporterReport, 'id' | 'plugin' | 'generation' | 'exported' | 'skipped' | 'files' | 'changes'> {
  /** Generation that is live; null when there is none. */
  readonly base: string | null;
  readonly check: CheckVerdict;
}

export function planOf({ pipeline, fingerprint, guard, exporters }: RunReport): Plan {
  return {
    pipeline,
    fingerprint: fingerprint ?? null,
    guard: guard.map(({ id, message }) => ({ id, message })),
    exporters: exporters.map(({ id, plugin, base, generation, exported, skipped, files, check, changes }) => ({
      ...{ id, plugin, base: base ?? null, generation, exported, skipped, files, changes },
      check: verdictOf(check),
    })),
  };
}

/** The command that publishes a plan, and takes upon itself what guards object to; undefined when there is nothing to. */
export function applyCommand({ fingerprint, guard }: Plan): string | undefined {
  if (fingerprint === null) return undefined;
  return `misp-pipeline apply ${fingerprint}${guard.map(({ id }) => ` --accept ${id}`).join('')}`;
}

/** What does not fit, of what the exporter was given. */
export function budgetTexts({ skipped }: PlannedExporter): string[] {
  return sortedReasons(skipped)
    .filter(([reason]) => reason.startsWith('budget:'))
    .map(([reason, count]) => `${plain(count)} left out for ${reason}`);
}

const INDENT = '    ';

/** The plan for a person. */
export function planText(plan: Plan, style: Style): string {
  const what = plan.fingerprint === null ? 'nothing to apply' : `plan ${plan.fingerprint}`;
  const lines = [style('bold', `${visible(plan.pipeline)}: ${what}`)];
  for (const exporter of plan.exporters) lines.push('', ...exporterLines(exporter, style));
  if (plan.guard.length > 0) lines.push('', style('yellow', 'Guards object:'));
  for (const { id, message } of plan.guard) lines.push(`  ${id}: ${visible(message)}`);
  const command = applyCommand(plan);
  if (command !== undefined) lines.push('', `To publish it: ${command}`);
  return lines.join('\n');
}

function exporterLines(exporter: PlannedExporter, style: Style): string[] {
  return [
    style('bold', `  ${exporter.id}  ${summary(exporter)}`),
    style('dim', INDENT + generations(exporter)),
    ...checkLines(exporter.check, INDENT, style),
    ...budgetTexts(exporter).map((text) => style('yellow', INDENT + text)),
    ...(exporter.changes === undefined ? [] : changesLines(exporter.changes, style)),
  ];
}

function summary({ changes, exported }: PlannedExporter): string {
  if (changes === undefined || isEmpty(changes)) return `no change, ${counted(exported, 'indicator')}`;
  return `${countsText(changes)}, ${plain(changes.before)} -> ${counted(changes.after, 'indicator')}`;
}

function generations({ base, generation, files }: PlannedExporter): string {
  const size = sizeText(files);
  return base === generation
    ? `generation ${generation} stays, ${size}`
    : `generation ${base ?? 'none'} -> ${generation}, ${size}`;
}
