import { counted, plain } from '../../render/number.ts';
import { type Html, html } from '../html.ts';
import type { Listed, PageModel } from '../model.ts';
import { type Row, STATES, type State } from '../trace/row.ts';
import type { Section } from './section.ts';

/** A search over values and what became of them. It needs the page's script, and stays hidden without. */
export const search: Section = { id: 'search', title: 'Search values and drops', short: 'Search', body };

const COLUMNS = ['Value', 'State', 'Why', 'Event', 'TLP', 'Exporters'];

function body({ rows, listed }: PageModel): Html {
  const kinds = [...new Set(rows.map(({ kind }) => kind).filter((kind) => kind !== ''))].sort();
  const states = STATES.filter((state) => rows.some((row) => row.state === state));
  return html`<p class="nothing" id="unscripted">The search needs JavaScript. All other parts of the page do without.</p>
<div id="finder" hidden>
<form role="search" id="query">
<div class="ask"><label for="needle">Value, reason, event or organisation</label>
<input id="needle" type="search" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="evil[.]example" aria-describedby="hint">
<p id="hint" class="note">Any part of it, defanged or not.<span class="shortcut"> Press <kbd>/</kbd> to come here.</span></p></div>
<fieldset><legend>State</legend>${states.map((state) => stateBox(state, rows))}</fieldset>
<div class="pick"><label for="kind">Kind</label>
<select id="kind"><option value="">all kinds</option>${kinds.map((kind) => html`<option>${kind}</option>`)}</select></div>
</form>
<p id="hits" role="status" aria-live="polite"></p>
<table id="found" role="table"><caption class="quiet">Values and what became of them</caption>
<thead role="rowgroup"><tr role="row">${COLUMNS.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody role="rowgroup"></tbody></table>
<nav class="pager" aria-label="Pages of the list"><button type="button" id="previous">Previous</button><span id="page"></span><button type="button" id="next">Next</button></nav>
</div>
${bounds(listed)}`;
}

function stateBox(state: State, rows: readonly Row[]): Html {
  const count = rows.filter((row) => row.state === state).length;
  return html`<label class="toggle"><input type="checkbox" name="state" value="${state}" checked><span class="chip ${state}">${state}</span> <span class="note">${count}</span></label>
`;
}

/** How much of what happened the list holds, since its length is bounded. */
function bounds(listed: readonly Listed[]): Html | undefined {
  const missing = listed.filter((one) => one.listed < one.total);
  if (missing.length === 0) return undefined;
  const parts = missing.map(
    ({ state, listed, total }) => `${plain(total - listed)} of ${counted(total, 'outcome')} "${state}"`,
  );
  return html`<p class="note bounds">The list is bounded. Not in it: ${parts.join(', ')}. Nothing else on this page is cut by that; <code>misp-pipeline explain VALUE</code> tells of every value.</p>`;
}
