import { preparePlacing } from '../../src/place/prepare.ts';
import { recoverPlacing } from '../../src/place/recover.ts';
import { interposed } from './faulty-fs.ts';
import type { Errand } from './site.ts';

// Runs in a process of its own: places files, or recovers, and is killed at a call to the file system.
const { requests, state, killAt } = JSON.parse(process.argv[2] ?? '') as Errand;
interposed((call) => {
  if (call === killAt) process.kill(process.pid, 'SIGKILL');
});
if (requests === undefined) recoverPlacing(state);
else {
  const placing = await preparePlacing(requests, state, new AbortController().signal);
  placing.commit();
  placing.finish();
}
