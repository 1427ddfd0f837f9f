import { hash } from 'node:crypto';
import type { RunReport } from '@misp-pipeline/core';
import { script, style } from './assets.ts';
import { type Html, html, type Mask, trusted } from './html.ts';
import { type PageModel, pageModel } from './model.ts';
import { rowBlock } from './row-data.ts';
import { attention } from './sections/attention.ts';
import { changes } from './sections/changes.ts';
import { files } from './sections/files.ts';
import { funnel } from './sections/funnel.ts';
import { guards } from './sections/guards.ts';
import { heading } from './sections/heading.ts';
import { losses } from './sections/losses.ts';
import { quarantine } from './sections/quarantine.ts';
import { search } from './sections/search.ts';
import { type Section, sectionHtml } from './sections/section.ts';
import { sources } from './sections/sources.ts';
import { tallies } from './sections/tallies.ts';
import type { Observations } from './trace/page-trace.ts';

const SECTIONS: readonly Section[] = [funnel, changes, search, losses, tallies, sources, guards, files, quarantine];

/**
 * A run as one HTML page that asks nobody for anything. `mask` takes the secrets of the config out of every text that is
 * not this program's own.
 */
export function reportPage(report: RunReport, observations: Observations, mask: Mask): string {
  const model = pageModel(report, observations);
  const [css, js] = [style(), script()];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy(css, js))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${report.pipeline}: ${model.verdict.text}</title>
<link rel="icon" href="data:,">
<style>${trusted(css)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${heading(model)}${navigation()}<main id="main" tabindex="-1">
${attention(model)}${SECTIONS.map((section) => sectionHtml(section, model))}</main>
${footer(model)}${rowBlock(model.rows)}
<script>${trusted(js)}</script>
</body>
</html>
`.write(mask);
}

/** Nothing is loaded, sent or framed; only this very style and script count, and the script may not make markup. */
function policy(css: string, js: string): string {
  const [styleHash, scriptHash] = [css, js].map((text) => `'sha256-${hash('sha256', text, 'base64')}'`);
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src ${styleHash}`,
    `script-src ${scriptHash}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function navigation(): Html {
  return html`<nav class="contents" aria-label="Parts of the report"><ul>${SECTIONS.map(({ id, short }) => html`<li><a href="#${id}">${short}</a></li>`)}</ul></nav>
`;
}

function footer({ strictest, hasUnmarked }: PageModel): Html {
  const label = [
    strictest && html` Some may be marked up to TLP:${strictest.toUpperCase()}.`,
    hasUnmarked ? ' Some carry no label.' : undefined,
  ];
  return html`<footer><p>This page holds values of indicators, also of those that were left out.${label} Give it only to those who may see them. Values are defanged (<code>hxxp</code>, <code>[.]</code>) so that nothing turns them into links; characters that are invisible or steer text are spelled out, such as <code>\\u{202e}</code>. It holds no secret of the config, and asks no server for anything.</p></footer>
`;
}
