import { everyKind, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { coverage } from './coverage.ts';
import { SigmaExporter } from './exporter.ts';
import { sigmaOptions } from './options.ts';

describe('coverage', () => {
  it('is what happens', async () => {
    const indicators = everyKind().map((indicator) => ({ ...indicator, sharedHost: false }));
    const { output } = await render(new SigmaExporter(sigmaOptions.parse({}), testServices()), indicators);
    const placed = new Set<string>(output.placements.map(({ indicator }) => indicator.kind));
    const withForm = Object.entries(coverage).flatMap(([kind, support]) => ('form' in support ? [kind] : []));
    expect([...placed].sort()).toEqual(withForm.sort());
  });
});
