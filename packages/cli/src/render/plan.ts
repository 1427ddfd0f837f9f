import type { CheckOutcome, ExporterReport, GuardFinding, RunReport } from '@misp-pipeline/core';
import { changesLines, countsText, indicatorText, isEmpty, sortedReasons } from './changes.ts';
import { checkLines } from './check.ts';
import { plain } from './number.ts';
import type { Style } from './style.ts';

/** What a plan says: it holds no time and no secret, so that the same change always gives the same plan. */
export interface Plan {
  readonly pipeline: string;
  /** What `apply` wants to be told; null when there is nothing to apply. */
  readonly fingerprint: string | null;
  readonly guard: readonly Pick<GuardFinding, 'id' | 'message'>[];
  readonly exporters: readonly PlannedExporter[];
}

interface PlannedExporter
  extends Pick<ExporterReport, 'id' | 'plugin' | 'generation' | 'exported' | 'skipped' | 'files' | 'changes'> {
  /** Generation that is live; null when there is none. */
  readonly base: string | null;
  readonly check: CheckOutcome;
}

export function planOf({ pipeline, fingerprint, guard, exporters }: RunReport): Plan {
  return {
    pipeline,
    fingerprint: fingerprint ?? null,
    guard: guard.map(({ id, message }) => ({ id, message })),
    exporters: exporters.map(({ id, plugin, base, generation, exported, skipped, files, check, changes }) => ({
      ...{ id, plugin, base: base ?? null, generation, exported, skipped, files, check, changes },
    })),
  };
}

/** The plan for a person. */
export function planText(plan: Plan, report: RunReport, style: Style): string {
  const lines = [
    style('bold', `${plan.pipeline}: ${plan.fingerprint === null ? 'nothing to apply' : `plan ${plan.fingerprint}`}`),
  ];
  for (const exporter of plan.exporters) {
    lines.push(
      '',
      style('bold', `  ${exporter.id}  ${summary(exporter)}`),
      style('dim', `    ${generations(exporter)}`),
    );
    lines.push(...budgets(exporter).map((text) => style('yellow', `    ${text}`)));
    if (exporter.changes !== undefined) lines.push(...changesLines(exporter.changes, style));
    const full = report.exporters.find(({ id }) => id === exporter.id);
    if (full !== undefined) lines.push(...checkLines(full, style));
  }
  if (plan.guard.length > 0) lines.push('', style('yellow', 'Guards object:'));
  for (const { id, message } of plan.guard) lines.push(`  ${id}: ${message}`);
  if (plan.fingerprint !== null)
    lines.push('', `To publish it: misp-pipeline apply ${plan.fingerprint}${accepts(plan)}`);
  return lines.join('\n');
}

function accepts({ guard }: Plan): string {
  return guard.map(({ id }) => ` --accept ${id}`).join('');
}

function summary({ changes, exported }: PlannedExporter): string {
  if (changes === undefined || isEmpty(changes)) return `no change, ${plain(exported)} indicators`;
  return `${countsText(changes)}, ${plain(changes.before)} -> ${plain(changes.after)} indicators`;
}

function generations({ base, generation, files }: PlannedExporter): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${plain(files.length)} files, ${plain(Math.ceil(bytes / 1024))} KiB`;
  return base === generation
    ? `generation ${generation} stays, ${size}`
    : `generation ${base ?? 'none'} -> ${generation}, ${size}`;
}

/** What does not fit, of what the exporter was given. */
function budgets({ skipped }: PlannedExporter): string[] {
  return sortedReasons(skipped)
    .filter(([reason]) => reason.startsWith('budget:'))
    .map(([reason, count]) => `${plain(count)} left out for ${reason}`);
}

const EXAMPLES_SHOWN = 50;

/** The plan as Markdown, for a merge request. */
export function planMarkdown(plan: Plan): string {
  const { pipeline, fingerprint, guard, exporters } = plan;
  const lines = [
    `## ${cell(pipeline)}: ${fingerprint === null ? 'nothing to apply' : `plan \`${fingerprint}\``}`,
    '',
    '| exporter | added | changed | withdrawn | indicators | generation |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...exporters.map(exporterRow),
  ];
  if (guard.length > 0)
    lines.push('', '### Guards object', '', ...guard.map(({ id, message }) => `- \`${id}\`: ${cell(message)}`));
  for (const exporter of exporters) lines.push(...details(exporter));
  return lines.join('\n');
}

function exporterRow({ id, changes, exported, base, generation }: PlannedExporter): string {
  const counts = [changes?.added, changes?.changed, changes?.withdrawn].map((count) => plain(count ?? 0));
  const live = base === generation ? `\`${generation}\` stays` : `\`${base ?? 'none'}\` → \`${generation}\``;
  return `| ${[id, ...counts, plain(exported), live].join(' | ')} |`;
}

function details(exporter: PlannedExporter): string[] {
  const { id, changes } = exporter;
  if (changes === undefined || isEmpty(changes)) return [];
  const rows = (['added', 'changed', 'withdrawn'] as const).flatMap((sort) =>
    changes.examples[sort].slice(0, EXAMPLES_SHOWN).map((one) => `| ${sort} | ${code(indicatorText(one))} |`),
  );
  const total = changes.added + changes.changed + changes.withdrawn;
  return [
    '',
    `<details><summary>${cell(id)}: ${countsText(changes)}</summary>`,
    '',
    ...budgets(exporter).map((text) => `- ${text}`),
    ...sortedReasons(changes.causes).map(([cause, count]) => `- withdrawn for ${cell(cause)}: ${plain(count)}`),
    ...changes.events
      .slice(0, 20)
      .map((event) => `- event ${cell(event.title)} (\`${cell(event.id)}\`): ${countsText(event)}`),
    ...changes.organisations.slice(0, 20).map((org) => `- organisation ${cell(org.title)}: ${countsText(org)}`),
    '',
    ...['| change | indicator |', '| --- | --- |', ...rows],
    ...(total > rows.length ? ['', `and ${plain(total - rows.length)} more`] : []),
    '',
    '</details>',
  ];
}

/** An indicator as code, which is neither a link nor markup, where nothing in it could end the code. */
function code(text: string): string {
  return /^[\w.:/@,;=+()[\] -]+$/.test(text) ? `\`${text}\`` : cell(text);
}

/** Text of a source inside of Markdown: nothing in it is markup, a link or the end of a cell. */
function cell(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,;/?%=-]/gu, (char) => `&#${char.codePointAt(0)};`);
}
