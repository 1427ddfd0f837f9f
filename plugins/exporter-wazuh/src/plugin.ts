import { definePlugin, injected } from '@misp-pipeline/core';
import { COVERAGE } from './coverage.ts';
import { WazuhExporter } from './exporter.ts';
import { wazuhOptions } from './options.ts';

export default definePlugin({
  kind: 'exporter',
  name: 'wazuh',
  summary: 'Writes CDB lists for a Wazuh 4.x manager, and the rules that look events up in them.',
  options: wazuhOptions,
  coverage: COVERAGE,
  create: injected(WazuhExporter),
});
