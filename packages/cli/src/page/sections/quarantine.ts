import { valueCell } from '../defang.ts';
import type { Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import { captionOf, nothing, type Section } from './section.ts';
import { table } from './table.ts';

/** Indicators that were left out since an engine refuses what is written for them. */
export const quarantine: Section = { id: 'quarantine', title: 'Quarantined', short: 'Quarantine', body };

const SHOWN = 200;

function body({ report }: PageModel): Part {
  const all = report.exporters.flatMap(({ id, check }) =>
    check.state === 'accepted' ? check.quarantined.map((one) => ({ exporter: id, ...one })) : [],
  );
  if (all.length === 0) return nothing('No engine refused an indicator.');
  const rows = all
    .slice(0, SHOWN)
    .map(({ exporter, kind, value, message }) => [valueCell(kind, value), kind, exporter, message]);
  const columns = ['Value', 'Kind', 'Exporter', 'Message of the engine'].map((title) => ({ title }));
  return table(captionOf('Left out, with what the engine says', all.length, SHOWN), columns, rows);
}
