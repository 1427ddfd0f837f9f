import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { TABLES } from '../src/mirror/tables.ts';

// Runs in a thread: makes the tables of the mirror in `workerData`, as another process would at the same moment.
const database = new DatabaseSync(String(workerData));
database.exec(`PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ${TABLES}`);
parentPort?.postMessage('making');
setTimeout(() => {
  database.exec('COMMIT');
  database.close();
}, 200);
