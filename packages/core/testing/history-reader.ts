import { History } from '../src/history/history.ts';

// Runs in a process of its own, as another user: prints what was live in a release.
const [state = '', release = ''] = process.argv.slice(2);
const history = History.ifAny(state);
const entries = history === undefined ? [] : [...history.entries.at(Number(release))];
console.log(entries.map(({ value }) => value).join());
history?.close();
