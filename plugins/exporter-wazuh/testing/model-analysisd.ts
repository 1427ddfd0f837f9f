/**
 * Stands in for `wazuh-analysisd -t`, which cannot be installed here: looks at the folder that it is given as a manager's,
 * and says of lists that are not declared, of rules that come before their parents, and of rules that are no XML, what the
 * messages of Wazuh 4.14.7 are.
 *
 *     node model-analysisd.ts -V | -t -D DIR -c etc/ossec.conf
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRules } from './rule-reader.ts';

const { values } = parseArgs({
  options: {
    V: { type: 'boolean', short: 'V' },
    t: { type: 'boolean', short: 't' },
    D: { type: 'string', short: 'D' },
    c: { type: 'string', short: 'c' },
  },
});
const { V, D: home = '/var/ossec', c: configuration = 'etc/ossec.conf' } = values;

/** Rules of the manager's own have lower ids. */
const FIRST_CUSTOM_ID = 100_000;

function say(message: string): void {
  process.stderr.write(`2026/11/24 10:00:00 wazuh-analysisd: ${message}\n`);
}

if (V) {
  process.stderr.write('Wazuh v4.14.7 - Wazuh Inc.\n');
} else {
  writeFileSync(join(home, 'etc/shared/ar.conf'), '');
  const declared = readFileSync(join(home, configuration), 'utf8');
  const rules = join(home, 'etc/rules');
  const known = new Set<number>();
  for (const file of readdirSync(rules).sort()) {
    try {
      for (const { id, sids, lists } of readRules(readFileSync(join(rules, file), 'utf8'))) {
        known.add(id);
        for (const parent of sids.filter((sid) => sid >= FIRST_CUSTOM_ID && !known.has(sid))) {
          say(
            `WARNING: (7617): Signature ID '${parent}' was not found and will be ignored in the 'if_sid' option of rule '${id}'.`,
          );
          say(`WARNING: (7619): Empty 'if_sid' value. Rule '${id}' will be ignored.`);
        }
        for (const { path } of lists) {
          if (declared.includes(`<list>${path}</list>`) && existsSync(join(home, path))) continue;
          say(`WARNING: (7616): List '${path}' could not be loaded. Rule '${id}' will be ignored.`);
        }
      }
    } catch {
      say(`ERROR: (1226): Error reading XML file '/etc/rules/${file}': XMLERR: Element 'rule' not closed. (line 7).`);
      process.exit(1);
    }
  }
}
