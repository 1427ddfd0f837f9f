import { definePlugin, injected } from '@misp-pipeline/core';
import { SigmaExporter } from './exporter.ts';
import { sigmaOptions } from './options.ts';

export default definePlugin({
  kind: 'exporter',
  name: 'sigma',
  summary: 'Writes Sigma rules for DNS, proxy, firewall, web server and Windows logs.',
  options: sigmaOptions,
  create: injected(SigmaExporter),
});
