import type { Indicator } from '@misp-pipeline/core';
import { type Rendered, render, testServices } from '@misp-pipeline/testing';
import { SnortExporter } from '../src/exporter.ts';
import { snortOptions } from '../src/options.ts';
import { type ParsedRule, readRules } from './rule-reader.ts';

/** Lets a new exporter render indicators. */
export async function renderSnort(indicators: readonly Indicator[], options: object = {}): Promise<Rendered> {
  return render(new SnortExporter(snortOptions.parse(options), testServices()), indicators);
}

/** The rules for indicators, parsed. */
export async function rulesFor(indicators: readonly Indicator[], options: object = {}): Promise<ParsedRule[]> {
  const { output } = await renderSnort(indicators, options);
  const { rules, problems } = readRules(output.text('misp.rules'));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return rules;
}
