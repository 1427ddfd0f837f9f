// Builds an index: its arguments are the folder and how many indicators.

import { IndexBuilder } from '@misp-pipeline/lookup';
import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { numberedValue, PER_EVENT } from './values.ts';

const [folder = '', count = ''] = process.argv.slice(2);
const builder = new IndexBuilder(folder, { name: 'bench', filters: [], exporters: [] });
let event = anEvent();
for (let number = 0; number < Number(count); number++) {
  if (number % PER_EVENT === 0) event = anEvent({ uuid: uuidOf(number), title: `Campaign ${number}` });
  const { kind, value } = numberedValue(number);
  const indicator = anIndicator(kind, value, {
    origins: [anOrigin({ event, attribute: uuidOf(number) })],
    tags: ['tlp:clear', 'misp-galaxy:threat-actor="Example"'],
  });
  builder.normalised('bench', indicator);
}
await builder.finish({ built: new Date().toISOString(), release: 1 }, new AbortController().signal);

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
