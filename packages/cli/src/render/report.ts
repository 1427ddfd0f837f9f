import type { ExporterReport, Reasons, RunReport } from '@misp-pipeline/core';
import { causesText, countsText, isEmpty, sortedReasons } from './changes.ts';
import { checkLines } from './check.ts';
import { generationText, reloadText, sizeText } from './files.ts';
import { counted, number, plain } from './number.ts';
import { placeLines } from './places.ts';
import type { Style } from './style.ts';
import { syncLines } from './sync.ts';
import { visible } from './visible.ts';

const REASONS_SHOWN = 8;
const PROBLEMS_SHOWN = 20;

/** Where the counts end, so that they stand below one another. */
const COUNTS_END = 62;

/** What is said of an exporter stands below its folder. */
const INDENT = ' '.repeat(15);

/** The report for a person: the funnel from top to bottom, then the files. */
export function reportText(report: RunReport, style: Style): string {
  const { funnel } = report;
  const lines = [
    style('bold', `${visible(report.pipeline)}${report.dryRun ? ' (dry run, nothing was published)' : ''}`),
    '',
  ];
  const step = (label: string, count: number, note = '') => {
    lines.push(`  ${label.padEnd(24)} ${number(count)}${note === '' ? '' : `  ${style('dim', note)}`}`);
  };
  step('read', funnel.read, report.sources.map(({ id, read }) => `${id} ${plain(read)}`).join(', '));
  for (const source of report.sources) {
    lines.push(...syncLines(source, style), ...reasonLines(source.rejected, style));
  }
  const isMore = funnel.normalised > funnel.read - funnel.rejected;
  step('normalised', funnel.normalised, isMore ? 'one record may give several indicators' : '');
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
    lines.push(style('yellow', `  ${accepted ? 'accepted' : 'a guard objects'}: ${id}: ${visible(message)}`));
  return lines.join('\n');
}

function reasonLines(reasons: Reasons, style: Style, prefix = ''): string[] {
  const sorted = sortedReasons(reasons);
  const line = (reason: string, count: number) => {
    const label = `    - ${visible(prefix + reason)} `;
    return style('dim', label + plain(count).padStart(COUNTS_END - label.length));
  };
  const shown = sorted.slice(0, REASONS_SHOWN).map(([reason, count]) => line(reason, count));
  const rest = sorted.slice(REASONS_SHOWN);
  if (rest.length === 0) return shown;
  const more = rest.reduce((sum, [, count]) => sum + count, 0);
  return [...shown, line(counted(rest.length, 'more reason'), more)];
}

function fileLines(exporter: ExporterReport, style: Style): string[] {
  return [
    pathLine(exporter),
    ...changeLines(exporter, style),
    ...checkLines(exporter.check, INDENT, style),
    ...placeLines(exporter.places, INDENT, style),
    ...reloadLines(exporter, style),
  ];
}

/** What came and went; nothing when nothing did. */
function changeLines({ changes }: ExporterReport, style: Style): string[] {
  if (changes === undefined || isEmpty(changes)) return [];
  const causes = causesText(changes.causes);
  return [style('dim', `${INDENT}${countsText(changes)} indicators${causes === undefined ? '' : ` (${causes})`}`)];
}

function reloadLines({ reload }: ExporterReport, style: Style): string[] {
  return reload === undefined ? [] : [style('dim', INDENT + reloadText(reload))];
}

function pathLine({ id, published, files }: ExporterReport): string {
  if (published === undefined) return `  ${id.padEnd(12)} ${sizeText(files)}`;
  return `  ${id.padEnd(12)} ${published.dir} (${sizeText(files)}, ${generationText(published)})`;
}

function problemLines(report: RunReport, style: Style): string[] {
  const problems = report.sources.flatMap(({ id, problems }) => problems.map((problem) => ({ id, ...problem })));
  if (problems.length === 0) return [];
  const more = problems.length - PROBLEMS_SHOWN;
  return [
    '',
    style('yellow', `  ${counted(problems.length, 'part')} of the sources could not be read:`),
    ...problems
      .slice(0, PROBLEMS_SHOWN)
      .map(({ id, place, message }) => `    ${id}: ${visible(place)}: ${visible(message)}`),
    ...(more > 0 ? [style('dim', `    and ${plain(more)} more; the log names each`)] : []),
  ];
}
