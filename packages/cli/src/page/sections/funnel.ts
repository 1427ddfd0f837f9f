import { plain } from '../../render/number.ts';
import { type FunnelStep, funnelSteps } from '../funnel-steps.ts';
import { type Html, html } from '../html.ts';
import type { PageModel } from '../model.ts';
import type { Section } from './section.ts';

/** The way from what was read to what was exported, as a picture that can be read as a list. */
export const funnel: Section = { id: 'funnel', title: 'From read to exported', short: 'Funnel', body };

/** Width of the picture. */
const SCALE = 1000;
/** Width at which a bar can still be seen. */
const LEAST = 4;

function body({ report }: PageModel): Html {
  const steps = funnelSteps(report);
  const most = Math.max(1, ...steps.map(({ to }) => to));
  return html`<ol class="funnel">${steps.map((step) => stepHtml(step, most))}</ol>`;
}

function stepHtml({ label, count, tone, from, to, note }: FunnelStep, most: number): Html {
  const sign = tone === 'lost' && count > 0 ? '\u2212' : '';
  const width = count === 0 ? 0 : Math.max(LEAST, (SCALE * (to - from)) / most);
  const left = Math.max(0, Math.min(SCALE - width, (SCALE * from) / most));
  return html`<li class="${tone}"><span class="label">${label}</span> <span class="count">${sign}${plain(count)}</span>
<svg class="track" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="1000" height="10"/><rect class="fill" x="${left.toFixed(1)}" width="${width.toFixed(1)}" height="10"/></svg>
<span class="note">${note}</span></li>
`;
}
