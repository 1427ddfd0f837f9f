import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

// Runs in a thread: reads the numbers of the file in `workerData` for as long as a large ledger takes.
const db = new DatabaseSync(String(workerData), { readOnly: true });
db.exec('BEGIN');
db.prepare('SELECT count(*) FROM ids').get();
parentPort?.postMessage('reading');
setTimeout(() => db.close(), 200);
