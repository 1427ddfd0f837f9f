import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGED_CONFIG = '/etc/suricata/suricata.yaml';

/** Whether there is the configuration that a package brings, with one rule file named in it. */
export const PACKAGED = existsSync(PACKAGED_CONFIG);

/** What stands for the folder of the files in an include file that is made for {@link siteConfig}. */
export const SENSOR_PATH = '@SENSOR@';

/** Makes the folder of the files a sensor with the packaged configuration, a rule of its own, and the include file. */
export function siteConfig(folder: string): string {
  const include = join(folder, 'misp-pipeline.yaml');
  writeFileSync(include, readFileSync(include, 'utf8').replaceAll(SENSOR_PATH, folder));
  const rule = 'alert ip any any -> 192.0.2.1 any (msg:"of the site"; sid:1; rev:1;)\n';
  writeFileSync(join(folder, 'suricata.rules'), rule);
  const packaged = readFileSync(PACKAGED_CONFIG, 'utf8');
  const config = packaged.replace(/^default-rule-path:.*$/m, `default-rule-path: ${folder}`);
  const path = join(folder, 'suricata.yaml');
  writeFileSync(path, `${config}\ninclude: ${include}\n`);
  return path;
}
