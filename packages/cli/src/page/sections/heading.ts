import type { Latency } from '@misp-pipeline/core';
import { duration } from '../../render/duration.ts';
import { momentText, secondsBetween } from '../../render/moment.ts';
import { counted } from '../../render/number.ts';
import { type Html, html } from '../html.ts';
import type { PageModel } from '../model.ts';

/** Which pipeline, when, and how it went. */
export function heading(model: PageModel): Html {
  const { report, verdict } = model;
  const { pipeline, startedAt, finishedAt, runId, release, config, latency } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Started', momentText(startedAt)],
    ['Took', duration(secondsBetween(startedAt, finishedAt))],
    ['Release', release === undefined ? 'none' : `#${release}`],
    ['Run', runId],
    ['Config', config],
    ['From edit to live', latency && latencyText(latency)],
  ];
  return html`<header class="masthead">
<div class="headline"><p class="eyebrow">misp-pipeline run report</p>${labelChip(model)}</div>
<h1>${pipeline}</h1>
<p class="verdict ${verdict.tone}">${verdict.text}</p>
<dl class="facts">${facts.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}

/** The strictest label that the page may hold, in the colours of the protocol; unmarked values may be stricter than it. */
function labelChip({ strictest, hasUnmarked }: PageModel): Html | undefined {
  if (strictest === undefined && !hasUnmarked) return undefined;
  const labels = [
    ...(strictest === undefined ? [] : [`TLP:${strictest.toUpperCase()}`]),
    ...(hasUnmarked ? ['unmarked'] : []),
  ];
  const colour = strictest === 'unknown' ? 'red' : (strictest ?? 'clear').replace('+strict', '');
  return html`<p class="tlp tlp-${colour}" title="Strictest label that the run read; values on this page may carry it, or none.">${labels.join(' + ')}</p>`;
}

/** The span within which half of the new detections went live. */
function latencyText({ count, buckets }: Latency): string | undefined {
  if (count === 0) return undefined;
  const half = buckets.find((bucket) => bucket.count * 2 >= count);
  const last = buckets.at(-1);
  if (half !== undefined) return `half of ${counted(count, 'new detection')} within ${duration(half.le)}`;
  return last && `more than ${duration(last.le)} for most of ${counted(count, 'new detection')}`;
}
