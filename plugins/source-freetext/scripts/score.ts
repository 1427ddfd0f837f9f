/**
 * Prints precision and recall on the labelled reports, each and together, and what each `form` would have come to:
 *
 *     pnpm --filter @misp-pipeline/source-freetext score FOLDER
 *
 * FOLDER holds the reports that `testing/labels.json` names. `--wrong` lists what was found and is not labelled.
 */
import { parseArgs } from 'node:util';
import { freetextOptions } from '../src/options.ts';
import { precisionOf, recallOf, type Score, scoresOf, total } from '../testing/score.ts';

const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { wrong: { type: 'boolean' } } });
const [folder = ''] = positionals;

const scores = await scoresOf(folder, 'auto');
console.log('| report | labelled | found | right | precision | recall |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
for (const score of [...scores, total(scores)]) console.log(`| ${score.report} | ${cellsOf(score)} |`);
if (flags.wrong) for (const { report, wrong } of scores) for (const value of wrong) console.log(`${report}: ${value}`);

console.log('\n| `form` | labelled | found | right | precision | recall |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
for (const form of freetextOptions.shape.form.unwrap().options) {
  console.log(`| ${form} | ${cellsOf(total(await scoresOf(folder, form)))} |`);
}

function cellsOf(score: Score): string {
  const found = score.right + score.wrong.length;
  return [score.labelled, found, score.right, precisionOf(score).toFixed(4), recallOf(score).toFixed(4)].join(' | ');
}
