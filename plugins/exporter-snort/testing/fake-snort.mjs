// Not Snort: a recording of its answers. It understands no rule; for lines that hold a marker it plays back messages in the
// form that Snort 3.12 and 2.9.19 were seen to print, and it logs the lines that a test has laid out for it.
//
//   node fake-snort.mjs VERSION FOLDER ARGUMENTS...
//
// FOLDER gets a line in `calls` for each call. Its files `alerts` and `files`, if there are any, are what the first run over
// a capture logs.
import { appendFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** In a line that is refused by name, and in one that is refused without a word of where it stands. */
const NAMED = 'REFUSED-BY-NAME';
const UNNAMED = 'REFUSED-WITHOUT-NAME';

const [version, folder, ...args] = process.argv.slice(2);
appendFileSync(join(folder, 'calls'), `${JSON.stringify(args)}\n`);

const after = (flag) => args[args.indexOf(flag) + 1];

if (args.includes('-V')) sayVersion();
else if (args.includes('-T')) test();
else replay();

function sayVersion() {
  if (version === '3') console.log('   ,,_     -*> Snort++ <*-\n  o"  )~   Version 3.12.2.0');
  else console.error(`   ,,_     -*> Snort! <*-\n  o"  )~   Version 2.9.19 GRE (Build 85)`);
}

function test() {
  const rules = version === '3' ? after('-R') : lastInclude(after('-c'));
  const lines = readFileSync(rules, 'utf8').split('\n');
  const named = lines.flatMap((line, i) => (line.includes(NAMED) ? [i + 1] : []));
  if (version === '3') {
    for (const line of named) console.log(`ERROR: ${rules}:${line} unknown rule keyword: nonsense.`);
    if (named.length > 0) fail(`FATAL: see prior ${named.length} errors (0 warnings)`);
  } else if (named.length > 0) {
    console.error(`ERROR: ${rules}(${named[0]}) Unknown rule option: 'nonsense'.`);
    fail('Fatal Error, Quitting..');
  }
  if (lines.some((line) => line.includes(UNNAMED))) fail('FATAL: something is wrong');
  console.log('Snort successfully validated the configuration.');
}

function lastInclude(conf) {
  return /^include (.+)$/.exec(readFileSync(conf, 'utf8').trim().split('\n').at(-1))[1];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function replay() {
  if (!existsSync(after('-r'))) fail(`FATAL: can't open ${after('-r')}`);
  for (const [laidOut, log] of [
    ['alerts', version === '3' ? 'alert_json.txt' : 'alert.csv'],
    ['files', 'file.log'],
  ]) {
    if (existsSync(join(folder, laidOut))) renameSync(join(folder, laidOut), join(after('-l'), log));
  }
}
