import { exporterContract } from '@misp-pipeline/testing';
import { ruleProblems } from '../testing/rule-check.ts';
import plugin from './index.ts';

/** The coverage table speaks of Snort 3; Snort 2.9 has no file policy. */
const snort2 = { ...plugin, coverage: { ...plugin.coverage, sha256: { unsupported: 'no file policy' } } };

for (const version of [3, 2] as const) {
  exporterContract(version === 3 ? plugin : snort2, {
    packageName: '@misp-pipeline/exporter-snort',
    options: { version },
    accepts: (files) => ruleProblems(files.get('misp.rules')?.text ?? '', version),
  });
}
