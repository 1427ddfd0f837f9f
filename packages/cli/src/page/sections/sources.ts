import type { SourceReport } from '@misp-pipeline/core';
import { duration } from '../../render/duration.ts';
import { momentText, secondsBetween } from '../../render/moment.ts';
import { plain } from '../../render/number.ts';
import { type Html, html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import { captionOf, type Section } from './section.ts';
import { counts, table } from './table.ts';

/** What was read where, how old it is, and what could not be read. */
export const sources: Section = {
  ...{ id: 'sources', title: 'Sources', short: 'Sources' },
  body: ({ report }: PageModel) => [tableOf(report.sources, report.finishedAt), problems(report.sources)],
};

const PROBLEMS_SHOWN = 200;

const COLUMNS = [
  { title: 'Source' },
  counts('Read'),
  counts('Rejected'),
  counts('Indicators'),
  { title: 'Confirmed by its origin' },
  { title: 'How it was brought up to date' },
];

function tableOf(sources: readonly SourceReport[], finishedAt: string): Html {
  const rows = sources.map((source) => [
    html`${source.id} <span class="note">${source.plugin}</span>`,
    source.read,
    Object.values(source.rejected).reduce((sum, count) => sum + count, 0),
    source.indicators,
    age(source, finishedAt),
    syncText(source),
  ]);
  return table('What each source gave', COLUMNS, rows);
}

function age({ asOf }: SourceReport, finishedAt: string): Part {
  if (asOf === undefined) return 'it cannot tell';
  const seconds = secondsBetween(asOf, finishedAt);
  return html`<time datetime="${asOf}">${momentText(asOf)}</time> <span class="note">${duration(seconds)} old</span>`;
}

function syncText({ sync }: SourceReport): string {
  if (sync === undefined) return 'read whole';
  const { mode, requests, counted, received, withdrawn, held } = sync;
  const parts = [
    `${mode === 'full' ? 'full sweep' : 'changes only'}, requests ${plain(requests)}`,
    `received ${plain(received)} of ${plain(counted)}`,
    ...(withdrawn > 0 ? [`withdrawn ${plain(withdrawn)}`] : []),
    ...(held > 0 ? [`held ${plain(held)}`] : []),
  ];
  return parts.join('; ');
}

function problems(all: readonly SourceReport[]): Html | undefined {
  const rows = all.flatMap(({ id, problems }) => problems.map(({ message, place }) => [id, place, message]));
  if (rows.length === 0) return undefined;
  const caption = captionOf('What could not be read', rows.length, PROBLEMS_SHOWN);
  const columns = [{ title: 'Source' }, { title: 'Place' }, { title: 'What was wrong' }];
  return table(caption, columns, rows.slice(0, PROBLEMS_SHOWN));
}
