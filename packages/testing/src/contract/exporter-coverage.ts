import { INDICATOR_KINDS, type IndicatorKind } from '@misp-pipeline/core';
import type { Check, Problems } from './check.ts';
import { type ExporterSubject, exported } from './exporter-subject.ts';

/** What an exporter says that it covers is what it writes. */
export const coverageChecks: readonly Check<ExporterSubject>[] = [
  { name: 'covers the kinds that its coverage names, and no others', problems: coverage },
];

async function coverage(subject: ExporterSubject): Promise<Problems> {
  const { coverage: said } = subject.plugin;
  if (said === undefined) return [];
  const { skipped, output } = await exported(subject, subject.ordinary);
  const written = new Set(output.placements.map(({ indicator }) => indicator.kind));
  const unsupported = new Set(
    skipped.filter(({ indicator, reason }) => reason === `unsupported:${indicator.kind}`).map((s) => s.indicator.kind),
  );
  return INDICATOR_KINDS.flatMap((kind) => problemOf(kind, isForm(said[kind]), written, unsupported));
}

function isForm(support: object | undefined): boolean {
  return support !== undefined && 'form' in support;
}

function problemOf(
  kind: IndicatorKind,
  isCovered: boolean,
  written: ReadonlySet<IndicatorKind>,
  unsupported: ReadonlySet<IndicatorKind>,
): string[] {
  if (isCovered) return written.has(kind) ? [] : [`\`${kind}\` has a form, but no indicator of it was written`];
  if (written.has(kind)) return [`\`${kind}\` has no form, but was written`];
  return unsupported.has(kind) ? [] : [`\`${kind}\` has no form, but is not skipped as \`unsupported:${kind}\``];
}
