import { definePlugin, injected } from '@misp-pipeline/core';
import { coverage } from './coverage.ts';
import { SnortExporter } from './exporter.ts';
import { snortOptions } from './options.ts';

export default definePlugin({
  kind: 'exporter',
  name: 'snort',
  summary: 'Writes rules and reputation lists for Snort 3 or Snort 2.9.',
  options: snortOptions,
  coverage,
  create: injected(SnortExporter),
});
