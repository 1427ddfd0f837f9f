import { definePlugin, injected } from '@misp-pipeline/core';
import { coverage } from './coverage.ts';
import { SuricataExporter } from './exporter.ts';
import { suricataOptions } from './options.ts';

export default definePlugin({
  kind: 'exporter',
  name: 'suricata',
  summary: 'Writes rules, datasets and hash lists for Suricata 7 and 8.',
  coverage,
  options: suricataOptions,
  create: injected(SuricataExporter),
});
