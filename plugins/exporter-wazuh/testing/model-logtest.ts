/**
 * Stands in for `wazuh-logtest`, which cannot be installed here: reads lines and answers in the form that Wazuh's own
 * program prints, with the rules that the model of the manager finds in a folder of published files. What it proves is
 * that of the model, not of the engine.
 *
 *     node model-logtest.ts DIR [-V]
 */
import { text } from 'node:stream/consumers';
import { folderOutput } from './folder-output.ts';
import { Manager } from './manager.ts';

const [dir = '.', option] = process.argv.slice(2);

if (option === '-V') {
  process.stderr.write('Wazuh v4.14.7 - Wazuh Inc.\n');
} else {
  const manager = new Manager(folderOutput(dir));
  const said = ['Starting wazuh-logtest v4.14.7', 'Type one log per line'];
  for (const line of (await text(process.stdin)).split('\n').filter((typed) => typed !== '')) {
    said.push('', '**Phase 1: Completed pre-decoding.', `\tfull event: '${line}'`);
    said.push('', '**Phase 2: Completed decoding.', "\tname: 'json'", "\tid: '4711'");
    const id = manager.idFor(line);
    if (id !== undefined) said.push('', '**Phase 3: Completed filtering (rules).', `\tid: '${id}'`, "\tlevel: '10'");
    said.push('**Alert to be generated.', '');
  }
  process.stderr.write(`${said.join('\n')}\n`);
}
