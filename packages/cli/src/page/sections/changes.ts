import type { ChangeCounts, ChangedIndicator, ChangeGroup, ExporterChanges, ExporterReport } from '@misp-pipeline/core';
import { isEmpty, SORTS, sortedReasons, titleOf } from '../../render/changes.ts';
import { endpointWords } from '../../render/endpoint.ts';
import { counted } from '../../render/number.ts';
import { valueCell } from '../defang.ts';
import { type Html, html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import { captionOf, nothing, type Section } from './section.ts';
import { counts, measure, table } from './table.ts';

/** What comes, is said anew and goes since the last generation, for each exporter. */
export const changes: Section = {
  ...{ id: 'changes', title: 'Changed since the last generation', short: 'Changes' },
  body: ({ report }: PageModel) =>
    report.exporters.map((exporter) => exporterChanges(exporter, exporter === report.exporters[0])),
};

const SIGNS = { added: '+', changed: '~', withdrawn: '\u2212' } as const;
const GROUPS_SHOWN = 12;
const EXAMPLES_SHOWN = 20;

function exporterChanges({ id, changes }: ExporterReport, isOpen: boolean): Html {
  if (changes === undefined) return nothing(`${id}: not compared with what was live.`);
  const { before, after } = changes;
  if (isEmpty(changes))
    return nothing(`${id}: no indicator came, changed or went; ${counted(after, 'indicator')} as before.`);
  return html`<details class="exporter"${isOpen ? html` open` : undefined}><summary><h3>${id}</h3>
${delta(changes)} <span class="note">${before} before, ${after} after</span></summary>
<div class="columns"><div>${causes(changes)}${groups('By organisation', 'Organisation', changes.organisations)}
${examples(changes)}</div>${groups('By event', 'Event', changes.events)}</div></details>
`;
}

function delta(changes: ChangeCounts): Html {
  const parts = SORTS.map((change) => {
    const count = changes[change];
    return html`<span class="${count === 0 ? 'note' : change}"><b>${SIGNS[change]}${count}</b> ${change}</span> `;
  });
  return html`<span class="delta">${parts}</span>`;
}

function causes({ causes }: ExporterChanges): Part {
  const sorted = sortedReasons(causes);
  if (sorted.length === 0) return undefined;
  const most = sorted[0]?.[1] ?? 0;
  const rows = sorted.map(([cause, count]) => [cause, measure(count, most)]);
  return table('Why indicators were withdrawn', [{ title: 'Cause' }, counts('Indicators')], rows);
}

function groups(caption: string, title: string, all: readonly ChangeGroup[]): Part {
  if (all.length === 0) return undefined;
  const columns = [{ title }, counts('Added'), counts('Changed'), counts('Withdrawn')];
  const rows = all.slice(0, GROUPS_SHOWN).map((group) => [titleOf(group), group.added, group.changed, group.withdrawn]);
  return table(captionOf(caption, all.length, GROUPS_SHOWN), columns, rows);
}

function examples({ added, changed, withdrawn, examples }: ExporterChanges): Part {
  const rows = SORTS.flatMap((change) =>
    examples[change].slice(0, EXAMPLES_SHOWN).map((one) => exampleRow(change, one)),
  );
  if (rows.length === 0) return undefined;
  const more = added + changed + withdrawn - rows.length;
  const caption = more > 0 ? `Examples; ${counted(more, 'more is', 'more are')} not shown` : 'All of them';
  return table(caption, [{ title: 'Value' }, { title: 'Kind' }, { title: 'Change' }, { title: 'Why' }], rows);
}

function exampleRow(change: string, { kind, value, direction, port, cause = '' }: ChangedIndicator): Part[] {
  const where = endpointWords({ direction, port });
  const what = where.length === 0 ? kind : `${kind} (${where.join(', ')})`;
  return [valueCell(kind, value), what, html`<span class="chip ${change}">${change}</span>`, cause];
}
