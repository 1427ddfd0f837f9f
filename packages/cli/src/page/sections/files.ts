import type { CheckOutcome, ExporterReport, ManifestFile } from '@misp-pipeline/core';
import { counted } from '../../render/number.ts';
import { type Html, html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';
import { captionOf, type Section } from './section.ts';
import { counts, table } from './table.ts';

/** Exporters may write thousands of files. */
const FILES_SHOWN = 200;
/** Of the digest of a file. */
const DIGITS_SHOWN = 12;

const UNCHECKED: Readonly<Record<Extract<CheckOutcome, { state: 'unchecked' }>['why'], string>> = {
  absent: 'not checked: the engine is not on this machine',
  off: 'not checked: the config says so',
  'dry-run': 'not checked: nothing was written',
  none: 'not checked: this exporter knows no engine',
};

/** What was written, and what the engines say of it. */
export const files: Section = {
  ...{ id: 'files', title: 'Files and engines', short: 'Files' },
  body: ({ report }: PageModel) => report.exporters.map(exporterFiles),
};

function exporterFiles(exporter: ExporterReport): Html {
  const { id, plugin, files, check } = exporter;
  const facts: readonly (readonly [string, Part])[] = [
    ['Generation', generation(exporter)],
    [
      'Engine',
      check.state === 'accepted' ? `taken by ${check.engine} in ${counted(check.runs, 'run')}` : UNCHECKED[check.why],
    ],
    ['Reload', reload(exporter)],
  ];
  return html`<h3>${id} <span class="note">${plugin === id ? undefined : plugin}</span></h3>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${messages(check)}${list(files)}`;
}

/** The files themselves, folded away since there may be many. */
function list(files: readonly ManifestFile[]): Html {
  const rows = files
    .slice(0, FILES_SHOWN)
    .map(({ path, entries, bytes, sha256 }) => [
      html`<code>${path}</code>`,
      entries,
      sizeText(bytes),
      html`<code>${sha256.slice(0, DIGITS_SHOWN)}</code>`,
    ]);
  const all = `${counted(files.length, 'file')}, ${sizeText(files.reduce((sum, { bytes }) => sum + bytes, 0))}`;
  const columns = [{ title: 'File' }, counts('Entries'), counts('Size'), { title: 'SHA-256' }];
  return html`<details class="files"><summary>${all}</summary>${table(captionOf('Files', files.length, FILES_SHOWN), columns, rows)}</details>
`;
}

function generation({ generation, base, published }: ExporterReport): Part {
  const news =
    base === generation ? 'was live already' : `${published ? 'replaces' : 'would replace'} ${base ?? 'nothing'}`;
  return html`<code>${generation}</code> ${news} <span class="note">${published?.dir}</span>`;
}

function reload({ reload }: ExporterReport): Part {
  if (reload === undefined) return 'nobody to tell';
  const { engine, method, confirmed, messages } = reload;
  const word = confirmed
    ? html`<span class="chip good">confirmed</span>`
    : html`<span class="chip bad">not confirmed</span>`;
  return html`${word} ${engine}, by ${method} <span class="note">${messages.join('; ')}</span>`;
}

function messages(check: CheckOutcome): Html | undefined {
  if (check.state === 'unchecked' || check.messages.length === 0) return undefined;
  return html`<ul class="messages">${check.messages.slice(0, FILES_SHOWN).map((message) => html`<li>${message}</li>`)}</ul>`;
}

/** A size in bytes for a person. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
