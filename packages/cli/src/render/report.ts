import type { ExporterReport, Reasons, RunReport } from '@misp-pipeline/core';
import { countsText, isEmpty, sortedReasons } from './changes.ts';
import { checkLines } from './check.ts';
import { counted, number, plain } from './number.ts';
import { placeLines } from './places.ts';
import type { Style } from './style.ts';
import { syncLines } from './sync.ts';
import { visible } from './visible.ts';

const REASONS_SHOWN = 8;

/** What is said of an exporter stands below its folder. */
const INDENT = ' '.repeat(15);

/** The report for a person: the funnel from top to bottom, then the files. */
export function reportText(report: RunReport, style: Style): string {
  const { funnel } = report;
  const lines = [style('bold', `${report.pipeline}${report.dryRun ? ' (dry run, nothing was published)' : ''}`), ''];
  const step = (label: string, count: number, note = '') => {
    lines.push(`  ${label.padEnd(24)} ${number(count)}${note === '' ? '' : `  ${style('dim', note)}`}`);
  };
  step('read', funnel.read, report.sources.map(({ id, read }) => `${id} ${plain(read)}`).join(', '));
  for (const source of report.sources) {
    lines.push(...syncLines(source, style), ...reasonLines(source.rejected, style));
  }
  step('normalised', funnel.normalised);
  for (const filter of report.filters.filter(({ exporter }) => exporter === undefined)) {
    lines.push(...reasonLines(filter.dropped, style, `${filter.id}: `));
  }
  step('passed the filters', funnel.passed);
  step('merged', funnel.merged);
  for (const exporter of report.exporters) {
    step(
      `exported to ${exporter.id}`,
      exporter.exported,
      exporter.passed === funnel.passed ? '' : `of ${plain(exporter.merged)}`,
    );
    for (const filter of report.filters.filter(({ exporter: owner }) => owner === exporter.id)) {
      lines.push(...reasonLines(filter.dropped, style, `${filter.id}: `));
    }
    lines.push(...reasonLines(exporter.skipped, style));
  }
  lines.push('', ...report.exporters.flatMap((exporter) => fileLines(exporter, style)), ...problemLines(report, style));
  for (const { id, message, accepted } of report.guard)
    lines.push(style('yellow', `  ${accepted ? 'accepted' : 'a guard objects'}: ${id}: ${message}`));
  return lines.join('\n');
}

function reasonLines(reasons: Reasons, style: Style, prefix = ''): string[] {
  const sorted = sortedReasons(reasons);
  const shown = sorted
    .slice(0, REASONS_SHOWN)
    .map(([reason, count]) => style('dim', `    - ${prefix}${reason}`.padEnd(50) + number(count)));
  const rest = sorted.slice(REASONS_SHOWN);
  if (rest.length === 0) return shown;
  const more = rest.reduce((sum, [, count]) => sum + count, 0);
  return [...shown, style('dim', `    - ${prefix}${counted(rest.length, 'more reason')}`.padEnd(50) + number(more))];
}

function fileLines(exporter: ExporterReport, style: Style): string[] {
  return [
    pathLine(exporter),
    ...changeLines(exporter, style),
    ...checkLines(exporter, style),
    ...placeLines(exporter.places, INDENT, style),
    ...reloadLines(exporter, style),
  ];
}

/** What came and went; nothing when nothing did. */
function changeLines({ changes }: ExporterReport, style: Style): string[] {
  if (changes === undefined || isEmpty(changes)) return [];
  const causes = sortedReasons(changes.causes).map(([cause, count]) => `${cause} ${plain(count)}`);
  const why = causes.length === 0 ? '' : ` (withdrawn for ${causes.slice(0, REASONS_SHOWN).join(', ')})`;
  return [style('dim', `${INDENT}${countsText(changes)}${why}`)];
}

function reloadLines({ reload }: ExporterReport, style: Style): string[] {
  if (reload === undefined) return [];
  const { engine, method, messages } = reload;
  return [
    style('dim', `${INDENT}taken over by ${visible(engine)} (${visible(method)}): ${visible(messages.join('; '))}`),
  ];
}

function pathLine(exporter: ExporterReport): string {
  const { published, files } = exporter;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${counted(files.length, 'file')}, ${plain(Math.ceil(bytes / 1024))} KiB`;
  if (published === undefined) return `  ${exporter.id.padEnd(12)} ${size}`;
  const state = published.changed
    ? `generation ${published.generation}`
    : `generation ${published.generation}, unchanged`;
  return `  ${exporter.id.padEnd(12)} ${published.dir} (${size}, ${state})`;
}

function problemLines(report: RunReport, style: Style): string[] {
  const problems = report.sources.flatMap(({ id, problems }) => problems.map((problem) => ({ id, ...problem })));
  if (problems.length === 0) return [];
  return [
    '',
    style('yellow', `  ${counted(problems.length, 'part')} of the sources could not be read:`),
    ...problems.map(({ id, place, message }) => `    ${id}: ${place}: ${message}`),
  ];
}
