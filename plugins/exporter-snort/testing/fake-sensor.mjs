// Stands for a running Snort as far as a reload goes: writes its number to a file, and on SIGHUP logs what it was told to.
//   node fake-sensor.mjs PIDFILE LOG ANSWER [end]
import { appendFileSync, writeFileSync } from 'node:fs';

const [pidFile, log, answer, end] = process.argv.slice(2);
process.on('SIGHUP', () => {
  appendFileSync(log, `.. reloading configuration\n${answer}`);
  if (end !== undefined) process.exit(1);
});
writeFileSync(pidFile, `${process.pid}\n`);
console.log('ready');
setInterval(() => {}, 60_000);
