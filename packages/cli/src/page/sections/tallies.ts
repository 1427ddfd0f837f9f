import { type Html, html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import type { TallyRow } from '../trace/tally.ts';
import { captionOf, nothing, type Section } from './section.ts';
import { counts, measure, table } from './table.ts';

/** What the exporters have, by kind, label, organisation and source. */
export const tallies: Section = { id: 'counts', title: 'What was exported', short: 'Exported', body };

const NAMES_SHOWN = 25;

function body({ tallies, report }: PageModel): Part {
  const placing = new Set(tallies.kinds.flatMap(({ counts }) => [...counts.keys()]));
  const full = report.exporters.filter(({ exported }) => exported > 0).map(({ id }) => id);
  const exporters = full.filter((id) => placing.has(id));
  const silent = full.filter((id) => !placing.has(id));
  if (exporters.length === 0) return [nothing('Nothing to count.'), silence(silent)];
  const tally = (caption: string, title: string, rows: readonly TallyRow[]) =>
    tallyTable(caption, title, rows, exporters);
  return html`<div class="columns">${tally('By kind', 'Kind', tallies.kinds)}
<div>${tally('By TLP label', 'Label', tallies.labels)}${tally('By source', 'Source', tallies.sources)}
${tally('By organisation', 'Organisation', tallies.organisations)}</div></div>${silence(silent)}`;
}

function tallyTable(caption: string, title: string, rows: readonly TallyRow[], exporters: readonly string[]): Html {
  const most = Math.max(...rows.flatMap(({ counts }) => [...counts.values()]));
  const cells = rows
    .slice(0, NAMES_SHOWN)
    .map(({ name, counts }) => [name, ...exporters.map((id) => measure(counts.get(id) ?? 0, most))]);
  const columns = [{ title }, ...exporters.map((id) => counts(id))];
  return table(captionOf(caption, rows.length, NAMES_SHOWN), columns, cells);
}

/** Exporters that count their indicators but do not say which ones. */
function silence(exporters: readonly string[]): Part {
  if (exporters.length === 0) return undefined;
  return html`<p class="note">Not counted here, since it does not say where its indicators stand: ${exporters.join(', ')}.</p>`;
}
