import { html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import { nothing, type Section } from './section.ts';
import { table } from './table.ts';

/** What guards objected to. */
export const guards: Section = { id: 'guards', title: 'Guards', short: 'Guards', body };

function body({ report }: PageModel): Part {
  if (report.guard.length === 0) return nothing('No guard objected.');
  const rows = report.guard.map(({ id, message, accepted }) => [
    html`<code>${id}</code>`,
    message,
    accepted ? html`<span class="chip good">accepted</span>` : html`<span class="chip bad">refused</span>`,
  ]);
  return table('Findings', [{ title: 'Guard' }, { title: 'What it found' }, { title: 'Verdict' }], rows);
}
