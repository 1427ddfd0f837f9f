import { html, type Part } from '../html.ts';
import type { Loss, PageModel } from '../model.ts';
import { captionOf, nothing, type Section } from './section.ts';
import { counts, measure, table } from './table.ts';

/** Why records and indicators were left out, by stage and reason and by warninglist. */
export const losses: Section = {
  ...{ id: 'drops', title: 'Left out, and why', short: 'Left out' },
  body: ({ losses, warninglists }: PageModel) =>
    losses.length === 0
      ? nothing('Nothing was left out.')
      : html`<div class="columns">${byReason(losses)}${byList(warninglists)}</div>`,
};

const REASONS_SHOWN = 60;
const LISTS_SHOWN = 40;

function byReason(losses: readonly Loss[]): Part {
  const most = losses[0]?.count ?? 0;
  const rows = losses
    .slice(0, REASONS_SHOWN)
    .map(({ reason, stage, state, count }) => [
      reason,
      measure(count, most),
      html`<span class="chip ${state}">${state}</span>`,
      stage,
    ]);
  const columns = [{ title: 'Reason' }, counts('Count'), { title: 'State' }, { title: 'Stage' }];
  return table(captionOf('By reason', losses.length, REASONS_SHOWN), columns, rows);
}

function byList(warninglists: PageModel['warninglists']): Part {
  if (warninglists.length === 0) return undefined;
  const most = warninglists[0]?.[1] ?? 0;
  const rows = warninglists.slice(0, LISTS_SHOWN).map(([list, count]) => [list, measure(count, most)]);
  const caption = captionOf('Dropped by warninglist', warninglists.length, LISTS_SHOWN);
  return table(caption, [{ title: 'List' }, counts('Indicators')], rows);
}
