import type { Indicator } from '@misp-pipeline/core';
import { render, testServices } from '@misp-pipeline/testing';
import { SigmaExporter } from '../src/exporter.ts';
import { sigmaOptions } from '../src/options.ts';
import { type LogRecord, matches, readRules } from './sigma-rule.ts';

/** What an exporter writes, and how many rules of a log source fire on a record. */
export async function rendered(indicators: Iterable<Indicator>, options: object = {}) {
  const { output, skipped } = await render(new SigmaExporter(sigmaOptions.parse(options), testServices()), indicators);
  const rules = readRules(output.files);
  const firing = (logSource: string, record: LogRecord) =>
    [...rules].filter(([path, rule]) => path.startsWith(`rules/${logSource}/`) && matches(rule, record)).length;
  return { output, skipped, rules, firing };
}
