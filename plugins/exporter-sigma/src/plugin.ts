import { definePlugin, injected } from '@misp-pipeline/core';
import { coverage } from './coverage.ts';
import { SigmaExporter } from './exporter.ts';
import { sigmaOptions } from './options.ts';

export default definePlugin({
  kind: 'exporter',
  name: 'sigma',
  summary: 'Writes Sigma rules for DNS, proxy, firewall, web server, Windows, Linux and Zeek logs.',
  options: sigmaOptions,
  coverage,
  create: injected(SigmaExporter),
});
