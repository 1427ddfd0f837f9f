import { exporterContract } from '@misp-pipeline/testing';
import { ruleProblems } from '../testing/rule-check.ts';
import plugin from './index.ts';

for (const version of [3, 2] as const) {
  exporterContract(plugin, {
    packageName: '@misp-pipeline/exporter-snort',
    options: { version },
    accepts: (files) => ruleProblems(files.get('misp.rules')?.text ?? '', version),
  });
}
