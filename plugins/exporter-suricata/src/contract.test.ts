import { join } from 'node:path';
import { type ExporterCase, exporterContract } from '@misp-pipeline/testing';
import { describe } from 'vitest';
import { inFolder, SURICATA, testRules } from '../testing/suricata.ts';
import plugin from './plugin.ts';

/** The engine takes every rule file, says so many rules as were counted, and has nothing to complain of. */
const accepts: NonNullable<ExporterCase['accepts']> = (files) => {
  const folder = inFolder(files);
  return [...files].flatMap(([path, { entries }]) => {
    if (!path.endsWith('.rules') || entries === 0) return [];
    const { accepted, loaded, failed, complaints } = testRules(join(folder, path));
    if (accepted && loaded === entries && failed === 0) return complaints;
    return [`of ${entries} rules of ${path} the engine loads ${loaded} and refuses ${failed}`, ...complaints];
  });
};

for (const mode of ['auto', 'rules', 'datasets']) {
  describe(`in mode ${mode}${SURICATA ? '' : ' (without the word of suricata, which is not installed)'}`, () => {
    exporterContract(plugin, {
      options: { mode },
      packageName: '@misp-pipeline/exporter-suricata',
      ...(SURICATA ? { accepts } : {}),
    });
  });
}
